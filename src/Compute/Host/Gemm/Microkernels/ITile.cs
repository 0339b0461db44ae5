namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>The innermost kernel of a matrix product: a block of the result that stays in registers while k runs.</summary>
internal unsafe interface ITile<T>
    where T : unmanaged
{
    /// <summary>The rows of the block.</summary>
    static abstract int Rows { get; }

    /// <summary>The elements of a vector; the block is three vectors wide.</summary>
    static abstract int Lanes { get; }

    /// <summary>c[Rows, 3·Lanes] = a·b, or c + a·b; a is read at two strides, the rows of b are contiguous.</summary>
    static abstract void Multiply(in TileOperands<T> operands, T* c, nint strideC, bool accumulate);

    /// <summary>c[Rows, Lanes] = a·b, a block one vector wide.</summary>
    static abstract void MultiplyNarrow(in TileOperands<T> operands, T* c, nint strideC);
}

/// <summary>The operands of a tile.</summary>
/// <param name="K">The terms of each sum.</param>
/// <param name="A">The first element of the left operand.</param>
/// <param name="RowA">The distance from one of its rows to the next.</param>
/// <param name="StepA">The distance from one term to the next.</param>
/// <param name="B">The first element of the right operand.</param>
/// <param name="StepB">The distance from one term to the next.</param>
internal readonly unsafe record struct TileOperands<T>(int K, nint A, nint RowA, nint StepA, nint B, nint StepB);
