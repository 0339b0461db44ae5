using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>A plan prepared for a device: its launches in order, and its constants, which stay on the device as long as the plan is kept.</summary>
internal sealed class DevicePlan
{
    private readonly Action<MemoryBuffer> release;

    private DevicePlan(PlanLayout layout, Launch[][] steps, MemoryBuffer1D<byte, Stride1D.Dense> constants, Action<MemoryBuffer> release)
    {
        (Layout, Steps, Constants, this.release) = (layout, steps, constants, release);
    }

    /// <summary>Releases the constants' memory: the next run frees it, on a thread that owns the device.</summary>
    ~DevicePlan() => release(Constants);

    /// <summary>The layout of the device's memory.</summary>
    public PlanLayout Layout { get; }

    /// <summary>The launches of every step.</summary>
    public Launch[][] Steps { get; }

    /// <summary>The constants and the table.</summary>
    public MemoryBuffer1D<byte, Stride1D.Dense> Constants { get; }

    /// <summary>Prepares a plan; its kernels are compiled, its constants uploaded.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="kernels">The kernels of the device.</param>
    /// <param name="allocate">Allocates memory.</param>
    /// <param name="release">Receives the constants' memory when the plan is no longer used.</param>
    /// <param name="cancellationToken">Ends the preparation early.</param>
    public static DevicePlan Of(
        Plan plan,
        LoadedKernels kernels,
        Func<long, MemoryBuffer1D<byte, Stride1D.Dense>> allocate,
        Action<MemoryBuffer> release,
        CancellationToken cancellationToken)
    {
        var layout = new PlanLayout(plan);
        var launches = new Launch[plan.Steps.Length][];
        for (int step = 0; step < launches.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            launches[step] = Prepare(plan, step, layout, kernels);
        }

        MemoryBuffer1D<byte, Stride1D.Dense> constants = allocate(layout.ConstantBytes);
        for (int i = 0; i < plan.Buffers.Length; i++)
        {
            if (plan.Buffers[i].Kind == BufferKind.Constant)
            {
                Transfer.Up(plan.Graph.Nodes[plan.Buffers[i].Index].Value!, constants.View, layout.OffsetOf(i), cancellationToken);
            }
        }

        Transfer.Up(Tensor.Vector(layout.Table), constants.View, layout.TableOffset, cancellationToken);
        return new DevicePlan(layout, launches, constants, release);
    }

    private static Launch[] Prepare(Plan plan, int step, PlanLayout layout, LoadedKernels kernels)
    {
        if (plan.Steps[step] < 0)
        {
            return [ElementwiseStep.Prepare((FusedGroup)plan.Groups[~plan.Steps[step]], layout, kernels)];
        }

        Node node = plan.Graph.Nodes[plan.Steps[step]];
        int[] operands = plan.Operands[plan.OperandStarts[step]..plan.OperandStarts[step + 1]];
        try
        {
            if (node.Op.IsFusible)
            {
                return node.Type.Count == 0 ? []
                    : [ElementwiseStep.Prepare(ElementwiseStep.Group(node, plan.Steps[step], operands), layout, kernels)];
            }

            if (!DeviceKernels.Table.TryGetValue(node.Op.Name, out Action<StepPreparation>? prepare))
            {
                return [HostStep.Prepare(node, Array.ConvertAll(operands, layout.Of), layout.Of(plan.Steps[step]))];
            }

            var preparation = new StepPreparation(node, Array.ConvertAll(operands, layout.Of), layout.Of(plan.Steps[step]), layout, kernels);
            prepare(preparation);
            return [.. preparation.Launches];
        }
        catch (KernelException exception)
        {
            throw new GraphException($"graph.nodes[{node.Origin.Index}]", exception.Message, node.Origin.Node);
        }
    }
}
