using Backprop.Compute.Compilation;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Gemm;
using Backprop.Compute.Host.Loops;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>
/// The state of one run of a plan. It is reused for other runs after it has ended, so that a frequent plan allocates nothing but its results.
/// </summary>
internal sealed class PlanRun
{
    private const int TilesAtATime = 8;

    private readonly Plan plan;
    private readonly Kernel[] kernels;
    private readonly Tensor?[] memory;
    private readonly View[] views;
    private readonly LoopRun?[] loops;
    private BufferPool pool = null!;
    private MemoryMeter? meter;

    /// <summary>Prepares the state.</summary>
    /// <exception cref="KernelException">A primitive has no kernel.</exception>
    public PlanRun(Plan plan)
    {
        this.plan = plan;
        kernels = Array.ConvertAll(plan.Operations, operation => HostKernels.Of(operation.Name));
        memory = new Tensor[plan.Buffers.Length];
        views = new View[MostOperands(plan)];
        loops = Array.ConvertAll(plan.Groups, group => group is FusedLoop loop ? new LoopRun(loop) : null);
    }

    /// <summary>Computes the outputs.</summary>
    public Tensor[] Run(IReadOnlyList<Tensor> inputs, BufferPool pool, MemoryMeter? meter, CancellationToken cancellationToken)
    {
        (this.pool, this.meter) = (pool, meter);
        try
        {
            for (int i = 0; i < memory.Length; i++)
            {
                memory[i] = Back(plan.Buffers[i], inputs);
                meter?.Take(plan.Buffers[i].Kind, memory[i]!);
            }

            RunSteps(cancellationToken);
            return Results(cancellationToken);
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>Computes the outputs into given memory; working memory is kept for the next run, until <see cref="GiveBack"/>.</summary>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> results, BufferPool pool, CancellationToken cancellationToken)
    {
        this.pool = pool;
        for (int i = 0; i < memory.Length; i++)
        {
            PlannedBuffer buffer = plan.Buffers[i];
            memory[i] = buffer.Kind switch
            {
                BufferKind.Input => inputs[buffer.Index],
                BufferKind.Result => results[buffer.Index],
                _ => memory[i] ?? Back(buffer, inputs),
            };
        }

        RunSteps(cancellationToken);
        for (int i = 0; i < plan.Outputs.Length; i++)
        {
            if (plan.OutputBuffers[i] < 0)
            {
                Copy(ViewOf(plan.Outputs[i]), results[i], cancellationToken);
            }
        }
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

    private Tensor Back(PlannedBuffer buffer, IReadOnlyList<Tensor> inputs) => buffer.Kind switch
    {
        BufferKind.Input => inputs[buffer.Index],
        BufferKind.Constant => plan.Graph.Nodes[buffer.Index].Value!,
        _ => pool.Rent(buffer.DType, buffer.Length),
    };

    /// <summary>Gives working memory back.</summary>
    public void GiveBack()
    {
        for (int i = 0; i < memory.Length; i++)
        {
            if (memory[i] is { } buffer && plan.Buffers[i].Kind == BufferKind.Work)
            {
                pool.Return(buffer);
                meter?.GiveBack(buffer);
            }
        }

        Array.Clear(memory);
        Array.Clear(views);
    }

    private void RunSteps(CancellationToken cancellationToken)
    {
        for (int step = 0; step < plan.Steps.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.Steps[step] < 0)
            {
                RunGroup(~plan.Steps[step], producer: -1, cancellationToken);
            }
            else if (plan.Producers.Contains(step))
            {
                RunGroup(~plan.Steps[step + 1], step, cancellationToken);
                step++;
            }
            else
            {
                RunNode(step, epilogue: null, cancellationToken);
            }
        }
    }

    private void RunNode(int step, Epilogue? epilogue, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> operands = plan.Operands.AsSpan(plan.OperandStarts[step]..plan.OperandStarts[step + 1]);
        for (int i = 0; i < operands.Length; i++)
        {
            views[i] = ViewOf(operands[i]);
        }

        Node node = plan.Graph.Nodes[plan.Steps[step]];
        var call = new KernelCall(node, views.AsSpan(0, operands.Length), ViewOf(plan.Steps[step]), cancellationToken) { Epilogue = epilogue };
        HostExecutor.Run(kernels[plan.StepOperations[step]], call);
    }

    private void RunGroup(int index, int producer, CancellationToken cancellationToken)
    {
        StepGroup group = plan.Groups[index];
        if (loops[index] is not { } loop)
        {
            RunTiles((FusedGroup)group, cancellationToken);
            return;
        }

        for (int i = 0; i < group.Operands.Length; i++)
        {
            loop.Set(i, ViewOf(group.Operands[i]));
        }

        for (int i = 0; i < group.Results.Length; i++)
        {
            loop.Set(group.Operands.Length + i, ViewOf(group.Results[i]));
        }

        try
        {
            loop.Begin(pool, cancellationToken);
            if (producer >= 0)
            {
                RunNode(producer, loop.Epilogue, cancellationToken);
            }

            loop.Finish();
        }
        finally
        {
            loop.End(pool);
        }
    }

    private void RunTiles(FusedGroup group, CancellationToken cancellationToken)
    {
        Kernel[] functions = Array.ConvertAll(group.Instructions, instruction => HostKernels.Of(instruction.Node.Op.Name));
        View[] operands = Array.ConvertAll(group.Operands, ViewOf);
        View[] results = Array.ConvertAll(group.Results, ViewOf);
        int part = TilesAtATime * TileRunner.TileLength(group);
        int parts = (int)((group.Shape.Count + part - 1) / part);
        Chunks.Each(parts, group.Shape.Count * (double)functions.Length, cancellationToken, index =>
        {
            var runner = new TileRunner(group, functions, operands, results, pool);
            runner.Run(index * part, (int)Math.Min(part, group.Shape.Count - ((long)index * part)), cancellationToken);
            runner.Return(pool);
        });
    }

    private View ViewOf(int value)
    {
        Slot slot = plan.Slots[value];
        return new View(memory[slot.Buffer]!, slot.Offset, plan.Graph.Nodes[value].Type, plan.Strides[value]);
    }

    private Tensor[] Results(CancellationToken cancellationToken)
    {
        var results = new Tensor[plan.Outputs.Length];
        for (int i = 0; i < results.Length; i++)
        {
            Shape shape = plan.Graph.Outputs[i].Node.Shape;
            if (plan.OutputBuffers[i] >= 0)
            {
                results[i] = memory[plan.OutputBuffers[i]]!.Reshaped(shape);
                continue;
            }

            View view = ViewOf(plan.Outputs[i]);
            results[i] = pool.Rent(view.DType, view.Count).Reshaped(view.Shape);
            Copy(view, results[i], cancellationToken);
            meter?.Take(BufferKind.Result, results[i]);
        }

        return results;
    }

    private static void Copy(View view, Tensor copy, CancellationToken cancellationToken)
    {
        switch (view.DType)
        {
            case DType.Float64: Stretches.Copy(view.Values<double>(), copy.Values<double>(), cancellationToken); break;
            case DType.Float32: Stretches.Copy(view.Values<float>(), copy.Values<float>(), cancellationToken); break;
            case DType.Int64: Stretches.Copy(view.Values<long>(), copy.Values<long>(), cancellationToken); break;
            default: Stretches.Copy(view.Values<bool>(), copy.Values<bool>(), cancellationToken); break;
        }
    }
}
