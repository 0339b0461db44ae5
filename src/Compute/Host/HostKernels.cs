using System.Collections.Frozen;
using Backprop.Compute.Host.Kernels;
using Backprop.Compute.Host.Kernels.Indexing;
using Backprop.Compute.Host.Kernels.Reductions;
using Backprop.Compute.Host.Kernels.Spatial;

namespace Backprop.Compute.Host;

/// <summary>The table of the host's kernels: one for every primitive that has to be computed.</summary>
public static class HostKernels
{
    /// <summary>The kernels by the name of their primitive.</summary>
    public static FrozenDictionary<string, Kernel> Table { get; } = new[]
    {
        UnaryKernels.Rows(),
        Casts.Rows(),
        BinaryKernels.Rows(),
        SelectionKernels.Rows(),
        ReductionKernels.Rows(),
        NormKernels.Rows(),
        SoftmaxKernels.Rows(),
        Ranking.Rows(),
        Cumulation.Rows(),
        MatMul.Rows(),
        Convolution.Rows(),
        LayoutKernels.Rows(),
        Padding.Rows(),
        Windows.Rows(),
        MaxPoolKernels.Rows(),
        Gathering.Rows(),
        Scattering.Rows(),
        Kernels.Matrices.Rows(),
    }.SelectMany(rows => rows).ToFrozenDictionary(row => row.Name, row => row.Kernel);

    /// <summary>The kernel of a primitive.</summary>
    /// <exception cref="KernelException">There is none.</exception>
    public static Kernel Of(string primitive) =>
        Table.TryGetValue(primitive, out Kernel? kernel) ? kernel : throw new KernelException($"{primitive} has no kernel on the host");
}
