using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class BlockSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("DepthToSpace", "blocks first", [X(1, 8, 2, 3)], ("blocksize", 2)),
        Of("DepthToSpace", "columns first", [X(1, 8, 1, 2)], ("blocksize", 2), ("mode", "CRD")),
        Of("SpaceToDepth", "blocks", [X(2, 2, 4, 2)], ("blocksize", 2)),
        Of("EyeLike", "floats", [X(3, 4)]),
        Of("EyeLike", "off the diagonal", [X(4, 3)], ("k", -1)),
        Of("EyeLike", "integers to floats", [I([1, 2, 3, 4], 2, 2)], ("dtype", 11), ("k", 1)),
        Of("EyeLike", "floats to integers", [X(2, 2)], ("dtype", 7)),
        Of("Hardmax", "last", [X(2, 4)]),
        Of("Hardmax", "first", [X(3, 2, 2)], ("axis", 0)),
        Of("Hardmax", "of equals", [F([1, 3, 3, 1])]),
        Of("ReverseSequence", "time first", [X(4, 3), I([4, 2, 1])]),
        Of("ReverseSequence", "batch first", [X(2, 4, 2), I([3, 4])], ("batch_axis", 0), ("time_axis", 1)),
        Of("CenterCropPad", "both", [X(5, 2), new long[] { 2, 5 }]),
        Of("CenterCropPad", "one axis", [X(2, 3, 2), new long[] { 5 }], ("axes", new[] { -2 })),
    ];
}
