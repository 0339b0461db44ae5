using System.Collections.Immutable;

namespace Backprop.Domain.Graphs;

/// <summary>The extents of a tensor, outermost axis first; a scalar has none.</summary>
public sealed class Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> dims;

    private Shape(ImmutableArray<int> dims)
    {
        this.dims = dims;
        long count = 1;
        foreach (int dim in dims)
        {
            count = dim == 0 ? 0 : count > long.MaxValue / dim ? long.MaxValue : count * dim;
        }

        Count = dims.Contains(0) ? 0 : count;
    }

    /// <summary>The shape of a scalar: rank 0, one element.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>The number of axes.</summary>
    public int Rank => dims.Length;

    /// <summary>The number of elements, or <see cref="long.MaxValue"/> if the product does not fit.</summary>
    public long Count { get; }

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Dims => dims.AsSpan();

    /// <summary>The extent of one axis.</summary>
    public int this[int axis] => dims[axis];

    /// <summary>The extent of one axis, which may be counted from the end.</summary>
    public int this[Index axis] => dims[axis.GetOffset(Rank)];

    /// <summary>A shape of these extents, none of which may be negative.</summary>
    public static Shape Of(params ReadOnlySpan<int> dims)
    {
        foreach (int dim in dims)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dim, nameof(dims));
        }

        return dims.Length == 0 ? Scalar : new Shape([.. dims]);
    }

    /// <summary>The shape that both broadcast to by NumPy's rule, or null if they are incompatible.</summary>
    public static Shape? Broadcast(Shape a, Shape b)
    {
        if (a.Equals(b))
        {
            return a;
        }

        int rank = Math.Max(a.Rank, b.Rank);
        var dims = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[a.Rank - i] : 1;
            int y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                return null;
            }

            dims[rank - i] = x == 1 ? y : x;
        }

        return Of(dims);
    }

    /// <summary>The element strides of a row-major tensor of this shape.</summary>
    public long[] Strides()
    {
        var strides = new long[Rank];
        long stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= dims[i];
        }

        return strides;
    }

    /// <summary>The multi-index of a row-major position.</summary>
    public int[] IndexOf(long position)
    {
        var index = new int[Rank];
        for (int i = Rank - 1; i >= 0; i--)
        {
            index[i] = (int)(position % dims[i]);
            position /= dims[i];
        }

        return index;
    }

    /// <summary>The product of the extents from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public long CountOf(int start, int end)
    {
        long count = 1;
        for (int i = start; i < end; i++)
        {
            count *= dims[i];
        }

        return count;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && (ReferenceEquals(this, other) || dims.AsSpan().SequenceEqual(other.dims.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dim in dims)
        {
            hash.Add(dim);
        }

        return hash.ToHashCode();
    }

    /// <summary>The wire format: <c>[2,3]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', dims)}]";
}
