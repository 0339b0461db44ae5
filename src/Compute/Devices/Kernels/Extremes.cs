using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>The positions of the greatest and the least elements of an axis. NaN wins; ties are decided by position.</summary>
internal static class Extremes
{
    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("ArgMax", step => Prepare(step, greatest: true)),
        ("ArgMin", step => Prepare(step, greatest: false)),
    ];

    private static void Prepare(StepPreparation step, bool greatest)
    {
        switch (step.Operands[0].DType)
        {
            case DType.Float64: Prepare<double, Arithmetic64>(step, greatest); break;
            case DType.Float32: Prepare<float, Arithmetic32>(step, greatest); break;
            default: Prepare<long, ArithmeticWhole>(step, greatest); break;
        }
    }

    private static void Prepare<T, A>(StepPreparation step, bool greatest)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        ValueLayout x = step.Operands[0];
        AxisView axis = AxisView.Of(x.Shape, step.Node.Integer("axis"));
        if (step.Result.Count == 0)
        {
            return;
        }

        int parts = DeviceReductions.Parts(axis);
        ValueLayout from = Candidates(step, parts);
        long[] rules = [greatest ? 1 : 0, step.Node.Flag("select_last_index") ? 1 : 0];
        var size = new LaunchSize((long)step.Result.Count * parts, 2.0 * axis.Length / parts);
        step.Map<T, long>(OfPart<T, A>, size, x, from, [axis.Length, parts, axis.Inner, .. rules]);
        while (parts > 1)
        {
            int fewer = DeviceReductions.Parts(axis with { Length = parts });
            ValueLayout to = Candidates(step, fewer);
            size = new LaunchSize((long)step.Result.Count * fewer, 2.0 * parts / fewer);
            step.Map<T, long, long>(OfParts<T, A>, size, x, from, to, [axis.Length, parts, axis.Inner, .. rules, fewer]);
            (from, parts) = (to, fewer);
        }
    }

    private static ValueLayout Candidates(StepPreparation step, int parts) =>
        parts == 1 ? step.Result : step.Scratch(DType.Int64, (long)step.Result.Count * parts);

    private static void OfPart<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<long> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2];
        int lane = index % inner, part = index / inner % parts, outer = index / inner / parts;
        long start = ((long)outer * length * inner) + lane;
        int best = part;
        for (int i = part + parts; i < length; i += parts)
        {
            best = Better<T, A>(x, start, inner, i, best, numbers) ? i : best;
        }

        to[index] = best;
    }

    private static void OfParts<T,
        A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<long> candidates, ArrayView<long> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2], fewer = (int)numbers[5];
        int lane = index % inner, group = index / inner % fewer, outer = index / inner / fewer;
        long start = ((long)outer * length * inner) + lane, first = ((long)outer * parts * inner) + lane;
        long best = candidates[first + ((long)group * inner)];
        for (int part = group + fewer; part < parts; part += fewer)
        {
            long other = candidates[first + ((long)part * inner)];
            best = Better<T, A>(x, start, inner, other, best, numbers) ? other : best;
        }

        to[index] = best;
    }

    private static bool Better<T, A>(ArrayView<T> x, long start, int inner, long index, long best, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        T value = x[start + (index * inner)], leader = x[start + (best * inner)];
        bool greatest = numbers[3] != 0, last = numbers[4] != 0;
        bool wins = (greatest ? A.Less(leader, value) : A.Less(value, leader)) || (A.IsNaN(value) && !A.IsNaN(leader));
        bool loses = (greatest ? A.Less(value, leader) : A.Less(leader, value)) || (A.IsNaN(leader) && !A.IsNaN(value));
        return wins || (!loses && (last ? index > best : index < best));
    }
}
