using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Devices.Memory;

/// <summary>
/// The layout of a plan's memory on a device: the working memory with the fault flag, the buffers, and scratch memory that steps use one after
/// another; separately the constants, followed by the table of numbers that kernels read.
/// </summary>
internal sealed class PlanLayout
{
    private const int Alignment = 256;

    private readonly Plan plan;
    private readonly long[] offsets;
    private readonly List<long> table = [];
    private readonly long tableStart;
    private long scratch;

    public PlanLayout(Plan plan)
    {
        this.plan = plan;
        offsets = new long[plan.Buffers.Length];
        long work = Alignment, constants = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            PlannedBuffer buffer = plan.Buffers[i];
            ref long end = ref buffer.Kind == BufferKind.Constant ? ref constants : ref work;
            offsets[i] = end;
            end += Aligned((long)buffer.Length * buffer.DType.Size());
        }

        ScratchStart = work;
        tableStart = constants;
    }

    /// <summary>Where scratch memory begins.</summary>
    public long ScratchStart { get; }

    /// <summary>The bytes of working memory.</summary>
    public long WorkBytes => ScratchStart + scratch;

    /// <summary>The bytes of constants and table.</summary>
    public long ConstantBytes => tableStart + Aligned(table.Count * sizeof(long));

    /// <summary>The table.</summary>
    public long[] Table => [.. table];

    /// <summary>Where the table begins among the constants.</summary>
    public long TableOffset => tableStart;

    /// <summary>A multiple of every element type's alignment.</summary>
    public static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>Where a buffer begins.</summary>
    public long OffsetOf(int buffer) => offsets[buffer];

    /// <summary>Where a value is stored.</summary>
    public ValueLayout Of(int value)
    {
        Slot slot = plan.Slots[value];
        TensorType type = plan.Graph.Nodes[value].Type;
        bool constant = plan.Buffers[slot.Buffer].Kind == BufferKind.Constant;
        return new ValueLayout(constant, offsets[slot.Buffer] + ((long)slot.Offset * type.DType.Size()), type.DType, type.Shape);
    }

    /// <summary>Ensures at least this much scratch memory.</summary>
    public void ReserveScratch(long bytes) => scratch = Math.Max(scratch, bytes);

    /// <summary>Adds numbers to the table; returns the index of the first one, in elements.</summary>
    public int Row(params ReadOnlySpan<long> numbers)
    {
        int row = checked((int)(tableStart / sizeof(long)) + table.Count);
        table.AddRange(numbers);
        return row;
    }

    /// <summary>A number in the table as a value of one element.</summary>
    public ValueLayout Single(double value, DType dtype)
    {
        long bits = dtype switch
        {
            DType.Float64 => BitConverter.DoubleToInt64Bits(value),
            DType.Float32 => BitConverter.SingleToUInt32Bits((float)value),
            DType.Int64 => double.IsNegative(value) && double.IsInfinity(value) ? long.MinValue : double.IsInfinity(value) ? long.MaxValue
                : (long)value,
            _ => value == 0 ? 0 : 1,
        };
        return new ValueLayout(true, Row(bits) * (long)sizeof(long), dtype, Shape.Of(1));
    }
}
