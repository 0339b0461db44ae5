namespace Backprop.Compute.Host.Gemm;

/// <summary>Products that repeat along some axes, in memory that does not move during the computation.</summary>
internal readonly unsafe struct Batch<T>(Operands<T> first, BatchAxis* axes, int rank, int count)
    where T : unmanaged
{
    /// <summary>The number of products.</summary>
    public int Count => count;

    /// <summary>The multiplications of one product.</summary>
    public long Work => (long)first.M * first.N * first.K;

    /// <summary>One product; the last axis runs fastest.</summary>
    public Operands<T> this[int index]
    {
        get
        {
            int product = index;
            nint a = 0, b = 0, c = 0;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                (index, int at) = Math.DivRem(index, axes[axis].Extent);
                (a, b, c) = (a + ((nint)at * axes[axis].A), b + ((nint)at * axes[axis].B), c + ((nint)at * axes[axis].C));
            }

            return first with { FirstRow = product * first.M, A = first.A + a, B = first.B + b, C = first.C + c };
        }
    }
}
