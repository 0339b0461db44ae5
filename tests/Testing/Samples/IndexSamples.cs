using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class IndexSamples
{
    private static readonly string[] Joins = ["none", "add", "mul", "max", "min"];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Gather", "rows", [X(4, 2), I([3, 0, 3, -1])]),
        Of("Gather", "one", [X(4, 2), S(2)]),
        Of("Gather", "columns", [X(2, 4), I([1, 1, 0, -2], 2, 2)], ("axis", 1)),
        Of("Gather", "middle", [X(2, 3, 2), I([2, 0])], ("axis", -2)),
        Of("Gather", "literal", [X(4, 2), 1L], ("axis", 1)),
        Of("Gather", "integers", [I([5, 6, 7]), I([2, 0])]),
        Of("GatherElements", "rows", [X(3, 2), I([2, 0, 1, 1], 2, 2)]),
        Of("GatherElements", "columns", [X(2, 3), I([2, 2, -3, 1], 2, 2)], ("axis", 1)),
        Of("GatherND", "elements", [X(2, 3), I([0, 1, 1, 2, 0, 1], 3, 2)]),
        Of("GatherND", "rows", [X(3, 2), I([2, -3, 2], 3, 1)]),
        Of("GatherND", "batch", [X(2, 3, 2), I([2, 1], 2, 1)], ("batch_dims", 1)),
        Of("GatherND", "batch of elements", [X(2, 3, 2), I([2, 1, 0, 0, 1, 1, 2, 0], 2, 2, 2)], ("batch_dims", 1)),
        .. Joins.SelectMany(Scatters),
        Of("Scatter", "rows", [X(3, 2), I([2, 0, 1, 1], 2, 2), Y(2, 2)]),
        Of("Scatter", "columns", [X(2, 3), I([2, 0], 2, 1), Y(2, 1)], ("axis", 1)),
        Of("ScatterElements", "mul zeros", [F([0, 2, 0, -1.5]), I([0, 1, 2, 2, 3]), F([1.5, 0, 0, 2, -2])], ("reduction", "mul")),
        Of("ScatterND", "mul zeros", [F([0, 2, 0, -1.5]), I([0, 1, 2, 2, 3], 5, 1), F([1.5, 0, 0, 2, -2])], ("reduction", "mul")),
        Of("OneHot", "last", [I([1, 0, -1, 7]), 3, X(2)]),
        Of("OneHot", "first", [I([1, 0, 2, 1], 2, 2), new long[] { 3 }, X(2)], ("axis", 0)),
        Of("OneHot", "depth an input", [I([1, 0]), S(2), X(2)]),
        Of("OneHot", "integers", [I([1, 0]), 2, I([0, 1])]),
        Of("TensorScatter", "linear", [X(2, 5, 3), Y(2, 2, 3), I([1, 3])]),
        Of("TensorScatter", "from the beginning", [X(2, 3, 2, 2), Y(2, 3, 1, 2)]),
        Of("TensorScatter", "circular", [X(2, 4), Y(2, 3), I([3, 2])], ("axis", 1), ("mode", "circular")),
    ];

    private static Sample[] Scatters(string join) =>
    [
        Of("ScatterElements", join + " rows", [X(3, 2), I([2, 0, 1, 1], 2, 2), Y(2, 2)], ("reduction", join)),
        Of("ScatterElements", join + " doubled", [X(2, 3), I([2, 2, -1, 0, 1, 1], 2, 3), Y(2, 3)], ("axis", 1), ("reduction", join)),
        Of("ScatterElements", join + " integers", [I([1, 2, 3]), I([0, 0]), I([5, 4])], ("reduction", join)),
        Of("ScatterND", join + " elements", [X(2, 3), I([0, 1, 1, 2], 2, 2), Y(2)], ("reduction", join)),
        Of("ScatterND", join + " doubled rows", [X(3, 2), I([2, 0, -1], 3, 1), Y(3, 2)], ("reduction", join)),
    ];
}
