using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Compute.Devices;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>On an NVIDIA GPU, if there is one: on both sides, values start in the host's memory and results end there.</summary>
internal static class Gpu
{
    private const string Driver = "/proc/driver/nvidia/version";

    public static IEnumerable<Case> All => File.Exists(Driver)
        ?
        [
            Of("exp(-x²)·sin(x) summed, 1M float32", () => Elementwise.Wave(DType.Float32, 1_000_000)),
            Of("MLP 784-512-512-10, batch 64", () => Networks.Mlp(64, 784, 512, 512, 10)),
            Of("transformer block", () => Networks.Transformer()),
        ]
        : [];

    private static Case Of(string name, Func<Problem> problem) => new($"CUDA: {name}, value and gradient", Target.AtLeast(1), context =>
        context.Engine.Has(DeviceKind.Cuda) ? Baseline.Torch(problem(), context, DeviceKind.Cuda) : throw new MissingException("no CUDA device can be used"));
}
