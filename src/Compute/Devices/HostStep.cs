using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Devices;

/// <summary>
/// A step that the host computes between two transfers: factorizations of matrices have no kernel for devices because each of their steps waits for
/// the previous one.
/// </summary>
internal static class HostStep
{
    /// <summary>One launch, which ends when the result is on the device.</summary>
    public static Launch Prepare(Node node, ValueLayout[] operands, ValueLayout result) => new(new LaunchSize(1, node.Op.Flops(node)), (run, _, _) =>
    {
        Tensor[] values = Array.ConvertAll(operands, index =>
            Transfer.Down(index, (index.Constant ? run.Constants : run.Work).Bool, run.Cancellation));
        Transfer.Up(HostExecutor.Evaluate(node, values, run.Cancellation), run.Work.Bool, result.Offset, run.Cancellation);
    });
}
