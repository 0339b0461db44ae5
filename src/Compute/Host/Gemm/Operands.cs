using Backprop.Compute.Host.Gemm.Panels;

namespace Backprop.Compute.Host.Gemm;

/// <summary>A product c[M, N] = a[M, K]·b[K, N], or c + a·b, in memory that does not move during the computation.</summary>
internal readonly unsafe struct Operands<T>
    where T : unmanaged
{
    /// <summary>The rows of the result.</summary>
    public int M { get; init; }

    /// <summary>The columns of the result.</summary>
    public int N { get; init; }

    /// <summary>The terms of each sum.</summary>
    public int K { get; init; }

    /// <summary>The left operand.</summary>
    public T* A { get; init; }

    /// <summary>Its row stride.</summary>
    public nint RowA { get; init; }

    /// <summary>Its column stride.</summary>
    public nint ColumnA { get; init; }

    /// <summary>The right operand.</summary>
    public T* B { get; init; }

    /// <summary>Its row stride.</summary>
    public nint RowB { get; init; }

    /// <summary>Its column stride.</summary>
    public nint ColumnB { get; init; }

    /// <summary>The result, whose columns are contiguous.</summary>
    public T* C { get; init; }

    /// <summary>Its row stride.</summary>
    public nint RowC { get; init; }

    /// <summary>The offsets of the left operand's terms if they have no common stride, otherwise null.</summary>
    public int* TermsA { get; init; }

    /// <summary>The offsets of the right operand's terms; null if they have a stride. With offsets, its columns have offsets, too.</summary>
    public int* TermsB { get; init; }

    /// <summary>The offsets of the right operand's columns.</summary>
    public int* OffsetsB { get; init; }

    /// <summary>Whether the right operand is read by offsets.</summary>
    public bool HasOffsets => TermsB is not null;

    /// <summary>The index of the result's first row among all rows passed to the epilogue.</summary>
    public int FirstRow { get; init; }

    /// <summary>What processes the result, or null.</summary>
    public Epilogue? Epilogue { get; init; }

    /// <summary>Whether the product is added to what the result holds.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Packs <paramref name="terms"/> terms of rows of the left operand for a tile, from <paramref name="term"/> on.</summary>
    public void PackRows(int row, int rows, int term, int terms, T* target, int width)
    {
        T* source = A + (row * RowA);
        if (TermsA is null)
        {
            Packing.MicroPanel(source + (term * ColumnA), ColumnA, RowA, terms, rows, target, width);
            return;
        }

        int* sides = stackalloc int[rows];
        for (int i = 0; i < rows; i++)
        {
            sides[i] = (int)(i * RowA);
        }

        OffsetPacking.MicroPanel(source, TermsA + term, sides, terms, rows, target, width);
    }

    /// <summary>Packs <paramref name="terms"/> terms of columns of a right operand that has offsets, from <paramref name="term"/> on.</summary>
    public void PackColumns(int column, int columns, int term, int terms, T* target, int width) =>
        OffsetPacking.MicroPanel(B, TermsB + term, OffsetsB + column, terms, columns, target, width);

    /// <summary>Passes finished rows on to the epilogue.</summary>
    public void HandOn(int row, int rows) => Epilogue?.Take((FirstRow + row) * N, rows * N);
}
