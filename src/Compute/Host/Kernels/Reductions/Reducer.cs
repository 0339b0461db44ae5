using System.Buffers;
using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>Reduces a short stretch, which is not empty.</summary>
internal delegate T Fold<T>(ReadOnlySpan<T> x);

/// <summary>
/// A reduction of many numbers to one. Blocks are combined pairwise, as in a tree, so that rounding errors grow with the logarithm of their number;
/// the tree depends only on the lengths.
/// </summary>
/// <param name="Fold">Reduces a block.</param>
/// <param name="Join">Combines two reduced values, elementwise.</param>
/// <param name="Identity">The value of the empty reduction.</param>
internal sealed record Reducer<T>(Fold<T> Fold, BinaryLoop<T, T> Join, T Identity)
    where T : unmanaged
{
    private const int Block = 512;
    private const int RowsOfBlock = 16;
    private const int Levels = 32;

    // A call for a short row takes as long as this many elements.
    private const int CallElements = 16;

    /// <summary>Reduces a contiguous row.</summary>
    public T Row(ReadOnlySpan<T> x, CancellationToken cancellationToken = default)
    {
        if (x.Length <= Block)
        {
            return x.Length == 0 ? Identity : Fold(x);
        }

        Span<T> stack = stackalloc T[Levels];
        var check = new CancellationCheck(cancellationToken);
        int depth = 0;
        for (int block = 0; block * (long)Block < x.Length; block++)
        {
            check.Before(Block);
            int start = block * Block;
            stack[depth++] = Fold(x.Slice(start, Math.Min(Block, x.Length - start)));
            depth = Collapse(stack, 1, depth, block + 1);
        }

        Drain(stack, 1, depth);
        return stack[0];
    }

    /// <summary>Reduces a row of any length over the cores.</summary>
    public T Row(View x, int start, int length, CancellationToken cancellationToken)
    {
        if (!Chunks.Worthwhile(length))
        {
            return Row(x.Values<T>().Slice(start, length));
        }

        T[] parts = ArrayPool<T>.Shared.Rent(((length - 1) / Chunks.Length) + 1);
        Chunks.For(length, cancellationToken, new PartsOf(this, x, start, parts));
        T joined = Joined(parts.AsSpan(0, ((length - 1) / Chunks.Length) + 1));
        ArrayPool<T>.Shared.Return(parts);
        return joined;
    }

    /// <summary>Reduces the rows of a matrix to one row.</summary>
    /// <param name="x">The matrix, from the first element used.</param>
    /// <param name="rows">The number of its rows, at least one.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="result">The row; its length is the number of columns.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    /// <param name="load">Applied to each row and <paramref name="parameter"/> before it is combined, if given.</param>
    /// <param name="parameter">The second operand of <paramref name="load"/>.</param>
    public void Columns(
        ReadOnlySpan<T> x,
        int rows,
        int stride,
        Span<T> result,
        CancellationToken cancellationToken,
        BinaryLoop<T, T>? load = null,
        ReadOnlySpan<T> parameter = default)
    {
        int width = result.Length;
        T[] rented = ArrayPool<T>.Shared.Rent((Levels + 1) * width);
        Span<T> stack = rented.AsSpan(0, Levels * width), loaded = rented.AsSpan(Levels * width, width);
        var check = new CancellationCheck(cancellationToken);
        int depth = 0;
        for (int row = 0; row < rows; row++)
        {
            check.Before(width + CallElements);
            ReadOnlySpan<T> next = x.Slice(row * stride, width);
            if (load is not null)
            {
                load(next, parameter, loaded);
                next = loaded;
            }

            if (row % RowsOfBlock == 0)
            {
                depth = row == 0 ? 0 : Collapse(stack, width, depth, row / RowsOfBlock);
                next.CopyTo(stack.Slice(depth++ * width, width));
            }
            else
            {
                Span<T> top = stack.Slice((depth - 1) * width, width);
                Join(top, next, top);
            }
        }

        Drain(stack, width, depth);
        stack[..width].CopyTo(result);
        ArrayPool<T>.Shared.Return(rented);
    }

    private T Joined(ReadOnlySpan<T> parts)
    {
        if (parts.Length > Block)
        {
            return JoinedInBlocks(parts);
        }

        Span<T> sums = stackalloc T[parts.Length];
        parts.CopyTo(sums);
        for (int length = sums.Length; length > 1; length = (length + 1) / 2)
        {
            int half = length / 2;
            Join(sums[..half], sums.Slice(length - half, half), sums[..half]);
        }

        return sums[0];
    }

    private T JoinedInBlocks(ReadOnlySpan<T> parts)
    {
        var blocks = new T[((parts.Length - 1) / Block) + 1];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Joined(parts.Slice(i * Block, Math.Min(Block, parts.Length - (i * Block))));
        }

        return Joined(blocks);
    }

    /// <summary>Combines the topmost values that cover equally many blocks, as a binary counter carries.</summary>
    private int Collapse(Span<T> stack, int width, int depth, int blocks)
    {
        for (; (blocks & 1) == 0; blocks >>= 1, depth--)
        {
            Span<T> under = stack.Slice((depth - 2) * width, width);
            Join(under, stack.Slice((depth - 1) * width, width), under);
        }

        return depth;
    }

    private void Drain(Span<T> stack, int width, int depth)
    {
        for (; depth > 1; depth--)
        {
            Span<T> under = stack.Slice((depth - 2) * width, width);
            Join(under, stack.Slice((depth - 1) * width, width), under);
        }
    }

    private readonly struct PartsOf(Reducer<T> reducer, View x, int start, T[] parts) : IRangeWork
    {
        public void Do(int at, int count) => parts[at / Chunks.Length] = reducer.Row(x.Values<T>().Slice(start + at, count));
    }
}
