using Backprop.Domain.Graphs;
using static Backprop.Infrastructure.Formats.Expressions.MatrixFunctions;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Functions that rearrange, join and create values.</summary>
internal static class ShapeFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> All { get; } =
    [
        ("concat concatenate cat", new("*x, axis=0", Concat, "Concat")),
        ("stack", Numbered("Stack", int.MaxValue)), ("block_diag", Numbered("BlockDiag", int.MaxValue)),
        ("flip", With(Numbered("Flip", 1, "axes"), ("axis", "axes"), ("dims", "axes"))),
        ("roll circshift", With(Numbered("Roll", 1, "shifts", "axes"), ("shift", "shifts"), ("axis", "axes"), ("dims", "axes"))),
        ("rot90", Numbered("Rot90", 1, "k")), ("moveaxis", Numbered("MoveAxis", 1, "source", "destination")),
        ("swapaxes", Numbered("SwapAxes", 1, "axis1", "axis2")), ("repeat", With(Numbered("Repeat", 1, "repeats", "axis"), ("dim", "axis"))),
        ("permute", new("x, perm=None", Permute, "Transpose")), ("expand_dims", With(Numbered("Unsqueeze", 1, "axes"), ("axis", "axes"))),
        ("broadcast_to", Numbered("Expand", 1, "shape")),
        ("pixel_shuffle", new("x, blocksize=", PixelShuffle, "DepthToSpace")), ("tensorinv", Numbered("TensorInverse", 1, "ind")),
        ("index_select", new("x, axis, index", IndexSelect, "Gather")),
        ("take", new("x, index, axis=None", Take, "Gather")),
        ("embedding", new("index, table", Embedding, "Gather")), ("reshape view", new("x, *extent, shape=None, allowzero=0", Reshape, "Reshape")),
        ("zeros", Filled(0)), ("ones", Filled(1)), ("full", new("value, shape=", Full)),
        ("eye", new("rows, columns?, k=0", Eye, "EyeLike")), ("arange", new("*bound", Range, "Range")),
        ("one_hot", new("indices, depth, values?, axis=-1", OneHot, "OneHot")),
        ("vander", new("x, N=None, increasing=False", Vander)),
    ];

    // As in PyTorch, 1 at the index and 0 elsewhere, unless the two values are given.
    private static Operand OneHot(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(2, 3);
        call.RequireKeywords("axis");
        Operand[] operands = call.Arguments.Length == 3 ? call.Arguments : [.. call.Arguments, new Literal(Tensor.Vector([0L, 1L]))];
        return graph.Add("OneHot", operands, call.Attributes());
    }

    private static Function With(Function function, params (string Written, string Meant)[] names) =>
        function.Reading(call => call.Renamed(names));

    private static Operand Concat(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("dim", "axis"));
        call.RequireArguments(1, int.MaxValue);
        call.RequireKeywords("axis");
        return graph.Add("Concat", call.Arguments, new Dictionary<string, AttributeValue> { ["axis"] = call.Integer("axis") ?? 0 });
    }

    // permute(x, 0, 2, 1) or permute(x, dims=(0, 2, 1)).
    private static Operand Permute(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("dims", "perm"), ("axes", "perm"));
        call.RequireArguments(1, 256);
        call.RequireKeywords("perm");
        long[] order = call.Integers("perm") ?? Numbers(call, 1);
        return graph.Add("Transpose", call.Arguments[..1], new Dictionary<string, AttributeValue> { ["perm"] = order });
    }

    private static Operand PixelShuffle(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("upscale_factor", "blocksize")).WithNumbers(1, "blocksize");
        call.RequireArguments(1, 1);
        call.RequireKeywords("blocksize");
        return graph.Add("DepthToSpace", call.Arguments, new Dictionary<string, AttributeValue>(call.Attributes()) { ["mode"] = "CRD" });
    }

    // As in PyTorch, the axis is between the operands.
    private static Operand IndexSelect(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(3, 3);
        call.RequireKeywords();
        return graph.Add("Gather", [call.Arguments[0], call.Arguments[2]], new Dictionary<string, AttributeValue> { ["axis"] = Number(call, 1) });
    }

    // As in NumPy: without an axis, all elements in order.
    private static Operand Take(Call call, DefinitionBuilder graph)
    {
        call = call.WithNumbers(2, "axis");
        call.RequireArguments(2, 2);
        call.RequireKeywords("axis");
        return call.Integer("axis") is { } axis
            ? graph.Add("Gather", call.Arguments, new Dictionary<string, AttributeValue> { ["axis"] = axis })
            : graph.Add("Gather", [ArrayFunctions.Flat(call, graph), call.Arguments[1]]);
    }

    // embedding(positions, table).
    private static Operand Embedding(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(2, 2);
        call.RequireKeywords();
        return graph.Add("Gather", [call.Arguments[1], call.Arguments[0]]);
    }

    // zeros(2, 3) or zeros(shape=(2, 3)).
    private static Function Filled(double value) => new("*extent, shape=None", (call, graph) => Constant(call, graph, 0, value));

    // full(2.5, shape=(2, 3)).
    private static Operand Full(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 1);
        Literal value = call.Arguments[0].Number ?? call.Number("fill_value")
            ?? throw call.Word.Error("'full' takes a number and a shape: full(2.5, shape=(2, 3))");
        return Constant(call, graph, 1, value.Value[0]);
    }

    private static Operand Constant(Call call, DefinitionBuilder graph, int operands, double value)
    {
        call.RequireKeywords("shape");
        long[] shape = call.Integers("shape") ?? Numbers(call, operands);
        return graph.Add("ConstantOfShape", [], new Dictionary<string, AttributeValue> { ["input"] = shape, ["value"] = value });
    }

    private static Operand Eye(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 2);
        call.RequireKeywords("k");
        long[] shape = [Number(call, 0), Number(call, call.Arguments.Length - 1)];
        Operand zeros = graph.Add("ConstantOfShape", [], new Dictionary<string, AttributeValue> { ["input"] = shape });
        return graph.Add("EyeLike", [zeros], call.Attributes());
    }

    private static Operand Range(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 3);
        call.RequireKeywords();
        Operand[] given = call.Arguments;
        return graph.Add("Range", given.Length == 1 ? [Literal.Of(0), given[0], Literal.Of(1)] : given.Length == 2 ? [.. given, Literal.Of(1)]
            : given);
    }

    // Columns of descending powers, as many as there are elements or N, ascending if requested.
    private static Operand Vander(Call call, DefinitionBuilder graph)
    {
        call = call.WithNumbers(1, "N");
        call.RequireArguments(1, 1);
        call.RequireKeywords("N", "increasing");
        Operand count = call.Number("N") is { } columns ? columns : graph.Add("Squeeze", [graph.Add("Shape", call.Arguments)]);
        Operand last = graph.Add("Sub", [count, Literal.Of(1)]);
        Operand powers = call.Flag("increasing")
            ? graph.Add("Range", [Literal.Of(0), count, Literal.Of(1)])
            : graph.Add("Range", [last, Literal.Of(-1), Literal.Of(-1)]);
        return graph.Add("Pow", [graph.Add("Unsqueeze", call.Arguments, new Dictionary<string, AttributeValue> { ["axes"] = -1L }), powers]);
    }

    // reshape(x, 2, 3), reshape(x, (2, 3)) or reshape(x, shape=(2, 3)); a shape that is computed remains an operand.
    private static Operand Reshape(Call call, DefinitionBuilder graph)
    {
        bool areNumbers = call.Arguments.Length > 1 && call.Arguments.Skip(1).All(operand => operand.Number is not null);
        Dictionary<string, AttributeValue> attributes = call.Attributes();
        if (areNumbers)
        {
            attributes["shape"] = Numbers(call, 1);
        }

        return graph.Add("Reshape", areNumbers ? call.Arguments[..1] : call.Arguments, attributes);
    }

    // Numbers one by one, or as a list or tuple.
    private static long[] Numbers(Call call, int from) =>
        call.Arguments.Length == from + 1 && call.Arguments[from].Number is { Value: { DType: DType.Int64, Shape.Rank: 1 } list }
            ? list.ToIntegers()
            : [.. Enumerable.Range(from, Math.Max(0, call.Arguments.Length - from)).Select(place => Number(call, place))];

    private static long Number(Call call, int place) => call.Arguments[place].Number is { Value: { DType: DType.Int64, Shape.Rank: 0 } value }
        ? value.Values<long>()[0]
        : throw call.Word.Error($"operand {place + 1} of {call.Word.Quoted()} must be a whole number");
}
