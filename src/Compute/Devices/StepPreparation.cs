using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices;

/// <summary>What the launches of one step are made from: the node, where its values are stored, and the plan's table and scratch memory.</summary>
/// <param name="node">The node.</param>
/// <param name="operands">Where its operands are stored.</param>
/// <param name="result">Where its result is stored.</param>
/// <param name="layout">The memory of the plan.</param>
/// <param name="kernels">The kernels of the device.</param>
internal sealed class StepPreparation(Node node, ValueLayout[] operands, ValueLayout result, PlanLayout layout, LoadedKernels kernels)
{
    private long scratch;

    /// <summary>The node.</summary>
    public Node Node { get; } = node;

    /// <summary>Where its operands are stored.</summary>
    public ValueLayout[] Operands { get; } = operands;

    /// <summary>Where its result is stored.</summary>
    public ValueLayout Result { get; } = result;

    /// <summary>The kernels of the device.</summary>
    public LoadedKernels Kernels { get; } = kernels;

    /// <summary>The launches until now.</summary>
    public List<Launch> Launches { get; } = [];

    /// <summary>Memory that only this step uses.</summary>
    public ValueLayout Scratch(DType dtype, long count)
    {
        var index = new ValueLayout(false, layout.ScratchStart + scratch, dtype, Shape.Of(checked((int)count)));
        scratch += PlanLayout.Aligned(index.Bytes);
        layout.ReserveScratch(scratch);
        return index;
    }

    /// <summary>A number as a value of one element.</summary>
    public ValueLayout Single(double value, DType dtype) => layout.Single(value, dtype);

    /// <summary>Numbers that a kernel reads; returns their row in the table.</summary>
    public int Row(params ReadOnlySpan<long> numbers) => layout.Row(numbers);

    /// <summary>Runs a kernel of one operand for each item.</summary>
    public void Map<T, TResult>(
        Action<Index1D, Items, ArrayView<T>, ArrayView<TResult>, ArrayView<long>> kernel, LaunchSize size, ValueLayout x, ValueLayout to,
            params ReadOnlySpan<long> numbers)
        where T : unmanaged
        where TResult : unmanaged
    {
        if (size.Count == 0)
        {
            return;
        }

        (int row, int length, var launch) = (Row(numbers), numbers.Length, Kernels.Load(kernel));
        Launches.Add(new Launch(size, (run, items, count) => launch(count, items, run.View<T>(x), run.View<TResult>(to), run.Numbers(row, length))));
    }

    /// <summary>Runs a kernel of two operands for each item.</summary>
    public void Map<T, TOther, TResult>(
        Action<Index1D, Items, ArrayView<T>, ArrayView<TOther>, ArrayView<TResult>, ArrayView<long>> kernel,
        LaunchSize size,
        ValueLayout x,
        ValueLayout other,
        ValueLayout to,
        params ReadOnlySpan<long> numbers)
        where T : unmanaged
        where TOther : unmanaged
        where TResult : unmanaged
    {
        if (size.Count == 0)
        {
            return;
        }

        (int row, int length, var launch) = (Row(numbers), numbers.Length, Kernels.Load(kernel));
        Launches.Add(new Launch(size, (run, items, count) =>
            launch(count, items, run.View<T>(x), run.View<TOther>(other), run.View<TResult>(to), run.Numbers(row, length))));
    }

    /// <summary>Runs a kernel of three operands for each item.</summary>
    public void Map<T, TOther, TThird, TResult>(
        Action<Index1D, Items, ArrayView<T>, ArrayView<TOther>, ArrayView<TThird>, ArrayView<TResult>, ArrayView<long>> kernel,
        LaunchSize size,
        ValueLayout x,
        ValueLayout other,
        ValueLayout third,
        ValueLayout to,
        params ReadOnlySpan<long> numbers)
        where T : unmanaged
        where TOther : unmanaged
        where TThird : unmanaged
        where TResult : unmanaged
    {
        if (size.Count == 0)
        {
            return;
        }

        (int row, int length, var launch) = (Row(numbers), numbers.Length, Kernels.Load(kernel));
        Launches.Add(new Launch(size, (run, items, count) => launch(
            count, items, run.View<T>(x), run.View<TOther>(other), run.View<TThird>(third), run.View<TResult>(to), run.Numbers(row, length))));
    }

    /// <summary>The fault flag as an operand.</summary>
    public static ValueLayout Fault { get; } = new(false, 0, DType.Int64, Shape.Of(1));
}
