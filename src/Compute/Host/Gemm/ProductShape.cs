namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// Products given by extents and strides, normalized: contiguous axes are merged, batch axes become rows or columns where possible, and the columns
/// of the result are contiguous.
/// </summary>
internal ref struct ProductShape
{
    private readonly Span<BatchAxis> axes;

    /// <summary>Normalizes products.</summary>
    /// <param name="m">The rows of the result.</param>
    /// <param name="n">The columns of the result.</param>
    /// <param name="k">The terms of each sum.</param>
    /// <param name="batch">The axes along which they repeat, outermost first; overwritten.</param>
    public ProductShape((int Extent, int A, int C) m, (int Extent, int B, int C) n, (int Extent, int A, int B) k, Span<BatchAxis> batch)
    {
        axes = batch;
        (M, N, K) = (m, n, k);
        Rank = Joined(batch);
        while (Rank > 0 && (JoinsRows(axes[Rank - 1]) || JoinsColumns(axes[Rank - 1])))
        {
            Rank--;
        }

        // A column-major result is the transpose of a row-major one.
        if (N.C != 1 && N.Extent > 1)
        {
            if (M.C != 1 && M.Extent > 1)
            {
                throw new ArgumentException("Neither the rows nor the columns of the result are contiguous");
            }

            (M, N, K) = ((N.Extent, N.B, N.C), (M.Extent, M.A, M.C), (K.Extent, K.B, K.A));
            foreach (ref BatchAxis axis in axes[..Rank])
            {
                axis = axis with { A = axis.B, B = axis.A };
            }

            IsTransposed = true;
        }
    }

    /// <summary>The rows, and the strides along them.</summary>
    public (int Extent, int A, int C) M { get; private set; }

    /// <summary>The columns.</summary>
    public (int Extent, int B, int C) N { get; private set; }

    /// <summary>The terms.</summary>
    public (int Extent, int A, int B) K { get; private set; }

    /// <summary>Whether left and right were exchanged.</summary>
    public bool IsTransposed { get; }

    /// <summary>The number of remaining axes.</summary>
    public int Rank { get; }

    /// <summary>The axes along which the products repeat.</summary>
    public readonly ReadOnlySpan<BatchAxis> Batch => axes[..Rank];

    /// <summary>The number of products; 0 if they have no elements.</summary>
    public readonly int Count
    {
        get
        {
            int count = M.Extent == 0 || N.Extent == 0 ? 0 : 1;
            foreach (BatchAxis axis in Batch)
            {
                count *= axis.Extent;
            }

            return count;
        }
    }

    /// <summary>Checks that all elements are within memory of these lengths.</summary>
    /// <exception cref="ArgumentException">An element is outside, or a stride is negative.</exception>
    public readonly void RequireWithin(int a, int b, int c)
    {
        long lastA = Last(M.Extent, M.A) + Last(K.Extent, K.A);
        long lastB = Last(N.Extent, N.B) + Last(K.Extent, K.B);
        long lastC = Last(M.Extent, M.C) + Last(N.Extent, 1);
        bool forward = (M.A | M.C | N.B | N.C | K.A | K.B) >= 0;
        foreach (BatchAxis axis in Batch)
        {
            (lastA, lastB, lastC) = (lastA + Last(axis.Extent, axis.A), lastB + Last(axis.Extent, axis.B), lastC + Last(axis.Extent, axis.C));
            forward &= (axis.A | axis.B | axis.C) >= 0;
        }

        if (!forward || lastC >= c || (K.Extent > 0 && (lastA >= a || lastB >= b)))
        {
            throw new ArgumentException("A matrix extends beyond its memory");
        }
    }

    private static long Last(int extent, int stride) => (long)(extent - 1) * stride;

    private static int Joined(Span<BatchAxis> axes)
    {
        int rank = 0;
        foreach (BatchAxis axis in axes)
        {
            if (axis.Extent == 1)
            {
                continue;
            }

            bool joins = rank > 0 && axes[rank - 1] is var outer
                && outer.A == axis.A * axis.Extent && outer.B == axis.B * axis.Extent && outer.C == axis.C * axis.Extent;
            axes[joins ? rank - 1 : rank] = joins ? axis with { Extent = axis.Extent * axes[rank - 1].Extent } : axis;
            rank += joins ? 0 : 1;
        }

        return rank;
    }

    private bool JoinsRows(BatchAxis axis)
    {
        bool joins = axis.B == 0 && (M.Extent == 1 || (axis.A == M.A * M.Extent && axis.C == M.C * M.Extent));
        if (joins)
        {
            M = M.Extent == 1 ? (axis.Extent, axis.A, axis.C) : M with { Extent = M.Extent * axis.Extent };
        }

        return joins;
    }

    private bool JoinsColumns(BatchAxis axis)
    {
        bool joins = axis.A == 0 && N.Extent > 1 && axis.B == N.B * N.Extent && axis.C == N.C * N.Extent;
        if (joins)
        {
            N = N with { Extent = N.Extent * axis.Extent };
        }

        return joins;
    }
}
