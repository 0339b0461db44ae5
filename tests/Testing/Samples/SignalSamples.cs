using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class SignalSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("DFT", "real", [X(2, 5, 1)]),
        Of("DFT", "complex", [X(4, 2)], ("axis", 0)),
        Of("DFT", "inverse", [X(2, 3, 2), Argument.Omitted, new long[] { 1 }], ("inverse", 1)),
        Of("DFT", "inner axis", [X(3, 2, 2), Argument.Omitted, 0]),
        Of("DFT", "one side", [X(1, 6, 1)], ("onesided", 1)),
        Of("DFT", "cut", [X(1, 5, 1), 3], ("onesided", 1)),
        Of("DFT", "filled up", [X(1, 3, 2), 4]),
        Of("STFT", "frames", [X(2, 7), 2], ("frame_length", 4)),
        Of("STFT", "window", [X(1, 6, 1), 3, Y(3)]),
        Of("STFT", "complex", [X(1, 5, 2), 1, Argument.Omitted, 4], ("onesided", 0)),
        .. new[] { "HannWindow", "HammingWindow", "BlackmanWindow" }.SelectMany(op => new[]
        {
            Of(op, "periodic", [6]), Of(op, "symmetric", [5], ("periodic", 0), ("output_datatype", 1)), Of(op, "single", [1], ("periodic", 0)),
        }),
        Of("MelWeightMatrix", "default", [8, 16, 8192, 0.0, 4096.0]),
        Of("MelWeightMatrix", "narrow", [3, 64, 8000, 300.0, 3000.0], ("output_datatype", 11)),
    ];
}
