using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ReductionSamples
{
    private static readonly string[] Reductions =
    [
        "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare",
    ];

    public static IEnumerable<Sample> All { get; } =
    [
        .. Reductions.SelectMany(Forms),
        .. new[] { "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceSumSquare" }
            .Select(op => Of(op, "integers", [I([3, -1, 2, 5], 2, 2)], ("axes", new[] { 1 }))),
        Of("ReduceL2", "epsilon", [X(2, 3)], ("axes", new[] { 1 }), ("epsilon", 0.5)),
        Of("NormGrad", "same", [X(2, 3), Y(2, 3), P(2, 3)]),
        Of("NormGrad", "rows", [X(2, 3), Y(2, 3), P(2, 1)]),
        Of("NormGrad", "columns", [X(1, 3), Y(2, 3), P(3)]),
        Of("NormGrad", "zeros", [F([1, -2]), F([0, 3]), F([0, 3])]) with { IsSmooth = false },
        Of("ReduceProd", "one zero", [F([2, 0, -3, 1.5, 2.5, 0.5], 2, 3)], ("axes", new[] { 1 })),
        Of("ReduceProd", "zeros", [F([2, 0, -3, 0, 2.5, 0.5, 0, 0, 0], 3, 3)], ("axes", new[] { 1 }), ("keepdims", 0)),
        Of("CumSum", "last", [X(2, 3), -1]),
        Of("CumSum", "exclusive", [X(2, 3), new long[] { 0 }], ("exclusive", 1)),
        Of("CumSum", "reverse", [X(2, 3)], ("axis", 1), ("reverse", 1)),
        Of("CumSum", "exclusive reverse", [X(4), I([0], 1)], ("exclusive", 1), ("reverse", 1)),
        Of("CumSum", "integers", [I([1, 2, 3]), 0]),
        .. new[] { "ArgMax", "ArgMin" }.SelectMany(op => new[]
        {
            Of(op, "first", [X(2, 3)]),
            Of(op, "last", [X(2, 3)], ("axis", -1), ("keepdims", 0)),
            Of(op, "of equals", [I([1, 3, 3, 1])], ("select_last_index", 1)),
        }),
        Of("TopK", "largest", [X(2, 4), 2]) with { Outputs = ["v", "i"] },
        Of("TopK", "smallest", [X(4, 2), new long[] { 3 }], ("axis", 0), ("largest", 0)) with { Outputs = ["v", "i"] },
        Of("TopK", "values alone", [X(5), I([2], 1)]),
        Of("ArgTopK", "largest", [X(2, 4)], ("k", 2)),
    ];

    private static IEnumerable<Sample> Forms(string op)
    {
        Func<int[], Backprop.Domain.Graphs.Tensor> x = op == "ReduceLogSum" ? P : X;
        yield return Of(op, "all", [x([2, 3])]);
        yield return Of(op, "all dropped", [x([2, 3])], ("keepdims", 0));
        yield return Of(op, "rows", [x([2, 3])], ("axes", new[] { 1 }), ("keepdims", 0));
        yield return Of(op, "columns kept", [x([2, 3])], ("axes", new[] { -2 }));
        yield return Of(op, "two of three", [x([2, 3, 2]), new long[] { 2, 0 }], ("keepdims", 0));
        yield return Of(op, "axes an input", [x([2, 3]), I([1], 1)]);
        yield return Of(op, "none", [x([2, 3])], ("noop_with_empty_axes", 1));
        yield return Of(op, "extent 1", [x([3, 1])], ("axes", new[] { 1 }));
        yield return Of(op, "scalar", [x([])]);
    }
}
