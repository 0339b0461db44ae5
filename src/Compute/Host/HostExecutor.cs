using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Runs plans on the processor. The same plan with the same inputs gives the same bits. Safe for concurrent use.</summary>
/// <param name="pool">Where working memory comes from.</param>
public sealed partial class HostExecutor(BufferPool pool)
{
    private const int CheckEvery = 64;
    private const int TilesAtATime = 8;

    /// <summary>Computes the outputs of a plan.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">A value for each of the graph's inputs, in their order and of their types; they are not changed.</param>
    /// <param name="cancellation">Ends the run between steps and inside long ones.</param>
    /// <param name="meter">Is told of all memory that the run takes, where there is one.</param>
    /// <returns>The outputs in the graph's order; the caller owns them.</returns>
    /// <exception cref="GraphException">A kernel cannot compute its node for these values.</exception>
    /// <exception cref="ArgumentException">An input has not the type that the graph declares.</exception>
    public Tensor[] Run(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellation = default, MemoryMeter? meter = null)
    {
        CheckInputs(plan.Graph, inputs);
        if (plan.Program is { } program)
        {
            meter?.Take(program.PeakBytes);
            return program.Run(inputs, pool, cancellation);
        }

        var memory = new Tensor[plan.Buffers.Length];
        try
        {
            for (int i = 0; i < memory.Length; i++)
            {
                memory[i] = Back(plan, plan.Buffers[i], inputs);
                meter?.Take(plan.Buffers[i].Kind, memory[i]);
            }

            RunSteps(plan, memory, cancellation);
            return Results(plan, memory, meter);
        }
        finally
        {
            for (int i = 0; i < memory.Length && memory[i] is not null; i++)
            {
                if (plan.Buffers[i].Kind == BufferKind.Work)
                {
                    pool.Return(memory[i]);
                    meter?.GiveBack(memory[i]);
                }
            }
        }
    }

    private Tensor Back(Plan plan, PlannedBuffer buffer, IReadOnlyList<Tensor> inputs) => buffer.Kind switch
    {
        BufferKind.Input => inputs[buffer.Index],
        BufferKind.Constant => plan.Graph.Nodes[buffer.Index].Value!,
        BufferKind.Result => BufferPool.Allocate(new TensorType(buffer.DType, Shape.Of(buffer.Length))),
        _ => pool.Rent(buffer.DType, buffer.Length),
    };

    private void RunSteps(Plan plan, Tensor[] memory, CancellationToken cancellation)
    {
        Kernel[] kernels = Array.ConvertAll(plan.Operations, operation => HostKernels.Of(operation.Name));
        var views = new View[MostOperands(plan)];
        for (int step = 0; step < plan.Steps.Length; step++)
        {
            if (step % CheckEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (plan.Steps[step] < 0)
            {
                RunGroup(plan, memory, plan.Groups[~plan.Steps[step]], cancellation);
                continue;
            }

            ReadOnlySpan<int> operands = plan.Operands.AsSpan(plan.OperandStarts[step]..plan.OperandStarts[step + 1]);
            for (int i = 0; i < operands.Length; i++)
            {
                views[i] = ViewOf(plan, memory, operands[i]);
            }

            Node node = plan.Graph.Nodes[plan.Steps[step]];
            View result = ViewOf(plan, memory, plan.Steps[step]);
            Run(kernels[plan.StepOperations[step]], new KernelCall(node, views.AsSpan(0, operands.Length), result, cancellation));
        }
    }

    private void RunGroup(Plan plan, Tensor[] memory, FusedGroup group, CancellationToken cancellation)
    {
        Kernel[] kernels = Array.ConvertAll(group.Instructions, instruction => HostKernels.Of(instruction.Node.Op.Name));
        View[] operands = Array.ConvertAll(group.Operands, operand => ViewOf(plan, memory, operand));
        View[] results = Array.ConvertAll(group.Results, result => ViewOf(plan, memory, result));
        int part = TilesAtATime * TileRunner.TileLength(group);
        int parts = (int)((group.Shape.Count + part - 1) / part);
        Chunks.Each(parts, group.Shape.Count * (double)kernels.Length, cancellation, index =>
        {
            var runner = new TileRunner(group, kernels, operands, results, pool);
            runner.Run(index * part, (int)Math.Min(part, group.Shape.Count - ((long)index * part)), cancellation);
            runner.Return(pool);
        });
    }

    private static int MostOperands(Plan plan)
    {
        int most = 0;
        for (int step = 0; step < plan.Steps.Length; step++)
        {
            most = Math.Max(most, plan.OperandStarts[step + 1] - plan.OperandStarts[step]);
        }

        return most;
    }

    private static View ViewOf(Plan plan, Tensor[] memory, int value)
    {
        Slot slot = plan.Slots[value];
        return new View(memory[slot.Buffer], slot.Offset, plan.Graph.Nodes[value].Type, plan.Strides[value]);
    }

    private static Tensor[] Results(Plan plan, Tensor[] memory, MemoryMeter? meter)
    {
        var results = new Tensor[plan.Outputs.Length];
        for (int i = 0; i < results.Length; i++)
        {
            Shape shape = plan.Graph.Outputs[i].Node.Shape;
            if (plan.OutputBuffers[i] >= 0)
            {
                results[i] = memory[plan.OutputBuffers[i]].Reshaped(shape);
                continue;
            }

            results[i] = Copy(ViewOf(plan, memory, plan.Outputs[i]));
            meter?.Take(BufferKind.Result, results[i]);
        }

        return results;
    }
}
