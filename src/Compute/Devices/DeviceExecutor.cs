using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>
/// Runs plans on a device. Inputs are uploaded, outputs downloaded, and nothing in between leaves the device. The same plan with the same inputs
/// gives the same bits. Safe for concurrent use: runs take turns, as the device does.
/// </summary>
public sealed class DeviceExecutor : IDisposable
{
    private readonly Accelerator accelerator;
    private readonly TimeSpan wait;
    private readonly LoadedKernels kernels;
    private readonly DeviceMemoryPool memory;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConditionalWeakTable<Plan, DevicePlan> plans = [];
    private readonly ConcurrentQueue<MemoryBuffer> released = new();

    /// <summary>An executor for a device.</summary>
    /// <param name="accelerator">The device; the executor takes ownership of it.</param>
    /// <param name="memoryBytes">The most bytes of its memory to use.</param>
    /// <param name="wait">The longest that a run waits for earlier ones.</param>
    public DeviceExecutor(Accelerator accelerator, long memoryBytes, TimeSpan wait)
    {
        (this.accelerator, this.wait) = (accelerator, wait);
        kernels = new LoadedKernels(accelerator);
        Pace = new LaunchPace(accelerator);
        memory = new DeviceMemoryPool(accelerator, memoryBytes);
    }

    /// <summary>The size of the parts in which work is launched.</summary>
    internal LaunchPace Pace { get; }

    /// <summary>The bytes of the device's memory that are in use at the moment.</summary>
    public long TakenBytes => memory.TakenBytes;

    /// <summary>Computes the outputs of a plan, which must consist of steps, after the runs before it have ended.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">A value for each of the graph's inputs, in their order and of their types; they are not changed.</param>
    /// <param name="cancellationToken">Ends waiting and the run, within a fraction of a second.</param>
    /// <param name="meter">Records the memory that the run takes on the device, if given.</param>
    /// <returns>The outputs in the graph's order; the caller owns them.</returns>
    /// <exception cref="GraphException">A kernel cannot compute its node for these values.</exception>
    /// <exception cref="LimitException">The device does not have enough memory, even when idle.</exception>
    /// <exception cref="DeviceException">The device failed, or it or its memory is in use at the moment.</exception>
    public Tensor[] Run(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken = default, MemoryMeter? meter = null)
    {
        RequireMemory(plan.PeakBytes);
        return turn.Wait(wait, cancellationToken)
            ? RunInTurn(plan, inputs, cancellationToken, meter)
            : throw new DeviceException($"{accelerator.Name} has been busy with other requests for {wait.TotalSeconds:0} seconds", null);
    }

    /// <summary>The same if nothing else is running, otherwise false.</summary>
    /// <inheritdoc cref="Run(Plan, IReadOnlyList{Tensor}, CancellationToken, MemoryMeter?)"/>
    public bool TryRun(
        Plan plan, IReadOnlyList<Tensor> inputs, [NotNullWhen(true)] out Tensor[]? results, CancellationToken cancellationToken = default,
            MemoryMeter? meter = null)
    {
        RequireMemory(plan.PeakBytes);
        results = turn.Wait(TimeSpan.Zero, cancellationToken) ? RunInTurn(plan, inputs, cancellationToken, meter) : null;
        return results is not null;
    }

    private Tensor[] RunInTurn(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken, MemoryMeter? meter)
    {
        try
        {
            using ScopedAcceleratorBinding binding = accelerator.BindScoped();
            return RunAlone(plan, inputs, cancellationToken, meter) ?? Explained(plan, inputs, cancellationToken);
        }
        catch (DeviceMemoryException exception) when (exception.Never)
        {
            throw new LimitException(DeviceMemoryPool.Key, exception.Limit, $"{exception.Requested} bytes on {accelerator.Name}");
        }
        catch (Exception exception) when (exception is DeviceMemoryException or AcceleratorException)
        {
            throw new DeviceException($"{accelerator.Name}: {exception.Message}", exception, exception is DeviceMemoryException);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Wait for the current run: the memory under a kernel must not be freed.
        turn.Wait();
        accelerator.Dispose();
        turn.Dispose();
    }

    private Tensor[]? RunAlone(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken, MemoryMeter? meter)
    {
        FreeReleased();
        DevicePlan prepared = Prepared(plan, cancellationToken);
        RequireMemory(prepared.Layout.WorkBytes);
        MemoryBuffer1D<byte, Stride1D.Dense> work = memory.Rent(prepared.Layout.WorkBytes);
        try
        {
            meter?.Take(plan.PeakBytes);
            return Run(plan, prepared, work.View, inputs, cancellationToken);
        }
        finally
        {
            // After a cancellation, what was started may still be running.
            accelerator.Synchronize();
            memory.Return(work);
            GC.KeepAlive(prepared);
        }
    }

    private Tensor[]? Run(Plan plan, DevicePlan prepared, ArrayView<byte> work, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken)
    {
        var run = new DeviceRun(new DeviceMemory(work), new DeviceMemory(prepared.Constants.View), cancellationToken);
        run.Fault.MemSetToZero();
        for (int i = 0; i < plan.Buffers.Length; i++)
        {
            if (plan.Buffers[i].Kind == BufferKind.Input)
            {
                Transfer.Up(inputs[plan.Buffers[i].Index], work, prepared.Layout.OffsetOf(i), cancellationToken);
            }
        }

        Pace.Begin();
        foreach (Launch launch in prepared.Steps.SelectMany(step => step))
        {
            Pace.Run(launch, run, cancellationToken);
        }

        if (Transfer.Down(StepPreparation.Fault, work, cancellationToken)[0] != 0)
        {
            return null;
        }

        return [.. plan.Outputs.Select((value, i) => Down(prepared, value, run, cancellationToken).Reshaped(plan.Graph.Outputs[i].Node.Shape))];
    }

    private static Tensor Down(DevicePlan prepared, int value, DeviceRun run, CancellationToken cancellationToken)
    {
        ValueLayout index = prepared.Layout.Of(value);
        return Transfer.Down(index, index.Constant ? run.Constants.Bool : run.Work.Bool, cancellationToken);
    }

    private DevicePlan Prepared(Plan plan, CancellationToken cancellationToken)
    {
        if (!plans.TryGetValue(plan, out DevicePlan? prepared))
        {
            prepared = DevicePlan.Of(plan, kernels, memory.Allocate, released.Enqueue, cancellationToken);
            plans.Add(plan, prepared);
        }

        return prepared;
    }

    // The device reports only that something is wrong; the host, which computes node by node, finds out what and where.
    private Tensor[] Explained(Plan plan, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken)
    {
        HostExecutor.Interpret(plan.Graph, inputs, (_, _, _) => { }, cancellationToken);
        throw new DeviceException($"{accelerator.Name} reported a value that an operation does not allow, but the host did not", null);
    }

    private void RequireMemory(long bytes)
    {
        if (bytes > memory.Limit)
        {
            throw new LimitException(DeviceMemoryPool.Key, memory.Limit, $"{bytes} bytes on {accelerator.Name}");
        }
    }

    private void FreeReleased()
    {
        while (released.TryDequeue(out MemoryBuffer? buffer))
        {
            memory.Free(buffer);
        }
    }
}
