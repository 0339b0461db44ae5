using Xunit;

namespace Backprop.Testing.Samples;

/// <summary>Sample calls of every operator of the table.</summary>
internal static class OperatorSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        .. UnarySamples.All, .. BinarySamples.All, .. ActivationSamples.All, .. ProductSamples.All, .. NormalizationSamples.All,
        .. ReductionSamples.All, .. ShapeSamples.All, .. PadAndSliceSamples.All, .. IndexSamples.All, .. ConvolutionSamples.All,
        .. PoolingSamples.All,
        .. ChannelNormalizationSamples.All, .. RandomSamples.All, .. BlockSamples.All, .. SelectionSamples.All,
        .. RecurrentSamples.All, .. AttentionSamples.All, .. OptimizerSamples.All, .. ResizeSamples.All, .. SignalSamples.All, .. SamplingSamples.All, .. GradientSamples.All,
        .. ScanSamples.All, .. OrderSamples.All, .. MatrixSamples.All, .. ArrangementSamples.All,
    ];

    private static readonly Dictionary<string, Sample> ByName = All.ToDictionary(sample => sample.ToString());

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static Sample Find(string name) => ByName[name];
}
