namespace Backprop.Compute.Host.Gemm;

/// <summary>A product c[M, N] = a[M, K]·b[K, N], or c + a·b, in memory that does not move while it is computed.</summary>
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

    /// <summary>The result, whose columns lie side by side.</summary>
    public T* C { get; init; }

    /// <summary>Its row stride.</summary>
    public nint RowC { get; init; }

    /// <summary>The place of the result's first row among all rows that the epilogue is handed.</summary>
    public int FirstRow { get; init; }

    /// <summary>What takes up the result, if anything.</summary>
    public Epilogue? Epilogue { get; init; }

    /// <summary>Whether the product is added to what the result holds.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Hands rows that are finished on.</summary>
    public void HandOn(int row, int rows) => Epilogue?.Take((FirstRow + row) * N, rows * N);
}
