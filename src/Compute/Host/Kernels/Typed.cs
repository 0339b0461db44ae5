using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Selects a kernel by the element type of an operand.</summary>
internal static class Typed
{
    /// <summary>The kernels for each element type of the first operand; omitted types are rejected.</summary>
    public static Kernel Of(Kernel? f64 = null, Kernel? f32 = null, Kernel? i64 = null, Kernel? bits = null) =>
        call => Pick(call.Operands[0].DType, f64, f32, i64, bits, call.Node)(call);

    /// <summary>The kernels for each element type of the result.</summary>
    public static Kernel OfResult(Kernel f64, Kernel f32, Kernel i64, Kernel bits) =>
        call => Pick(call.Result.DType, f64, f32, i64, bits, call.Node)(call);

    private static Kernel Pick(DType dtype, Kernel? f64, Kernel? f32, Kernel? i64, Kernel? bits, Node node) => dtype switch
    {
        DType.Float64 => f64,
        DType.Float32 => f32,
        DType.Int64 => i64,
        _ => bits,
    } ?? throw new KernelException($"{node.Op.Name} is not defined for {dtype.Label()}");
}
