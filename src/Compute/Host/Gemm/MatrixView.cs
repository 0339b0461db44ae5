namespace Backprop.Compute.Host.Gemm;

/// <summary>A matrix in memory, read at any strides: a transpose is the same memory with the strides exchanged.</summary>
/// <param name="values">The memory, from the first element on.</param>
/// <param name="rows">The rows.</param>
/// <param name="columns">The columns.</param>
/// <param name="rowStride">The distance in elements from one row to the next, at least 0.</param>
/// <param name="columnStride">The distance in elements from one column to the next, at least 0.</param>
public readonly ref struct MatrixView<T>(ReadOnlySpan<T> values, int rows, int columns, int rowStride, int columnStride)
    where T : unmanaged
{
    /// <summary>A row-major matrix without gaps.</summary>
    public MatrixView(ReadOnlySpan<T> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    /// <summary>The memory, from the first element on.</summary>
    public ReadOnlySpan<T> Values { get; } = values;

    /// <summary>The rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>The columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>The distance in elements from one row to the next.</summary>
    public int RowStride { get; } = rowStride;

    /// <summary>The distance in elements from one column to the next.</summary>
    public int ColumnStride { get; } = columnStride;

    /// <summary>The transpose, in the same memory.</summary>
    public MatrixView<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);
}
