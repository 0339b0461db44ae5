using System.Numerics;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>
/// The least time of additional forward steps for every part of a chain and every amount of memory, by dynamic programming. A part is reversed by
/// storing a state within it (Griewank, Walther 2000, with unequal layers), or by keeping the activations of its first layer (Beaumont,
/// Eyraud-Dubois, Herrmann, Joly, Shilova: Optimal checkpointing for heterogeneous chains, 2019). Optimal among schedules that drop a state or
/// activations only when their layer is reversed. Time n³/6 · columns and memory n²/2 · columns; for equal layers n²/2 and n.
/// </summary>
public sealed partial class ScheduleTable
{
    private const int MostColumns = 2048;
    private const int FewestColumns = 64;
    private readonly LayerCosts layers;
    private readonly int[]? stateUnits;
    private readonly int[]? keepUnits;
    private readonly int columns;
    private readonly double[][] rows;

    private ScheduleTable(LayerCosts layers, int columns, int[]? stateUnits, int[]? keepUnits, CancellationToken cancellationToken)
    {
        (this.layers, this.columns, this.stateUnits, this.keepUnits) = (layers, columns, stateUnits, keepUnits);
        rows = new double[(long)layers.Count * Starts][];
        for (int length = 1; length <= layers.Count; length++)
        {
            for (int start = 0; start < Starts && start + length <= layers.Count; start++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows[Place(start, length)] = length == 1 ? Single(start) : Row(start, length);
            }
        }
    }

    private int Starts => layers.IsUniform ? 1 : layers.Count;

    /// <summary>
    /// The table for at most <paramref name="states"/> states stored at a time, including that before the first layer, and one layer's activations
    /// kept at a time.
    /// </summary>
    /// <exception cref="LimitException">The table has more cells than allowed.</exception>
    public static ScheduleTable ForStates(LayerCosts layers, int states, long cells, CancellationToken cancellationToken = default)
    {
        Require(layers, states, cells);
        return new ScheduleTable(layers, states, null, null, cancellationToken);
    }

    /// <summary>
    /// The table for at most <paramref name="bytes"/> bytes. If all bytes have a large enough common divisor, the schedules are optimal; otherwise
    /// bytes are rounded up to a fraction of the memory, so that a schedule always fits and is optimal up to this rounding.
    /// </summary>
    /// <exception cref="LimitException">The table has more cells than allowed.</exception>
    public static ScheduleTable ForBytes(LayerCosts layers, double bytes, long cells, CancellationToken cancellationToken = default)
    {
        Require(layers, FewestColumns, cells);
        double free = Math.Min(bytes - layers.Boundary(0), layers.TotalActivations);
        int most = (int)Math.Min(MostColumns, cells / Rows(layers)) - 1;
        double divisor = CommonDivisor(layers);
        bool isExact = divisor > 0 && free / divisor <= most;
        double unit = isExact ? divisor : free / most;
        int[] states = [.. Enumerable.Range(0, layers.Count).Select(i => Units(layers.Boundary(i), unit))];
        int[] keeps = [.. Enumerable.Range(0, layers.Count).Select(i => Units(layers.Activations(i, i + 1), unit))];
        return new ScheduleTable(layers, (int)Math.Floor(free / unit) + 1, states, keeps, cancellationToken) { IsExact = isExact };
    }

    /// <summary>False if bytes were rounded.</summary>
    public bool IsExact { get; private init; } = true;

    /// <summary>The amounts of memory at which the least time decreases, with that time, starting with the least memory.</summary>
    public IEnumerable<(int Column, double ExtraTime)> Steps()
    {
        double[] whole = At(0, layers.Count);
        double before = double.PositiveInfinity;
        for (int column = 0; column < columns; column++)
        {
            if (whole[column] < before)
            {
                before = whole[column];
                yield return (column, before);
            }
        }
    }

    private static void Require(LayerCosts layers, int columns, long cells)
    {
        long rows = Rows(layers);
        if (rows > cells / columns)
        {
            throw new LimitException(
                "Limits:PlanCells", cells,
                    $"{(double)rows * columns:0} cells of a dynamic programming over "
                    + $"{layers.Count} {(layers.IsUniform ? "equal" : "unequal")} layers", "layers");
        }
    }

    private static long Rows(LayerCosts layers) => layers.IsUniform ? layers.Count : (long)layers.Count * (layers.Count + 1) / 2;

    private static int Units(double bytes, double unit) => (int)Math.Min(MostColumns + 1, Math.Ceiling((bytes / unit) - 1e-9));

    private static double CommonDivisor(LayerCosts layers)
    {
        long divisor = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            foreach (double bytes in (double[])[layers.Boundary(i), layers.Activations(i, i + 1)])
            {
                if (bytes != Math.Truncate(bytes) || bytes > 1L << 53)
                {
                    return 0;
                }

                divisor = (long)BigInteger.GreatestCommonDivisor(divisor, (long)bytes);
            }
        }

        return divisor;
    }

    private int Place(int start, int length) => layers.IsUniform ? length - 1 : ((length - 1) * layers.Count) + start;

    private double[] At(int start, int length) => rows[Place(start, length)];

    // A single layer is reversed as soon as it is reached: when states are counted, it needs none of its own.
    private int StateUnits(int layer, int length) => stateUnits is null ? (length == 1 ? 0 : 1) : stateUnits[layer];

    private double[] Single(int start)
    {
        double[] row = new double[columns];
        row.AsSpan(0, keepUnits is null ? 0 : Math.Min(columns, keepUnits[start])).Fill(double.PositiveInfinity);
        return row;
    }

    private double[] Row(int start, int length)
    {
        double[] row = new double[columns];
        Array.Fill(row, double.PositiveInfinity);
        if (keepUnits is not null && keepUnits[start] < columns)
        {
            At(start + 1, length - 1).AsSpan(0, columns - keepUnits[start]).CopyTo(row.AsSpan(keepUnits[start]));
        }

        for (int split = start + 1; split < start + length; split++)
        {
            int rest = start + length - split;
            int units = StateUnits(split, rest);
            if (units < columns)
            {
                Lower(row.AsSpan(units), At(split, rest), At(start, split - start).AsSpan(units), layers.Forward(start, split));
            }
        }

        return row;
    }

    private static void Lower(Span<double> row, ReadOnlySpan<double> after, ReadOnlySpan<double> before, double advance)
    {
        int i = 0;
        var step = new Vector<double>(advance);
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> sum = step + new Vector<double>(after[i..]) + new Vector<double>(before[i..]);
            Vector.Min(sum, new Vector<double>(row[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] = Math.Min(row[i], advance + after[i] + before[i]);
        }
    }
}
