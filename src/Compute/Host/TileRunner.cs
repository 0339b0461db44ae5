using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Host;

/// <summary>
/// Runs a fused group over a part of its elements, tile by tile: every tile stays in the cache from the first operation to the last.
/// </summary>
internal sealed class TileRunner
{
    // Two thousand doubles: long enough to make calling a kernel cheap in comparison, short enough for a handful of tiles in the cache.
    private const int TileBytes = 1 << 14;

    private readonly FusedGroup group;
    private readonly Kernel[] kernels;
    private readonly View[] operands;
    private readonly View[] results;
    private readonly Tensor?[] filled;
    private readonly LoopNest?[] nests;
    private readonly Tensor[] registers;
    private readonly int length;

    /// <summary>Prepares the tiles; they are rented from the pool and returned by <see cref="Return"/>.</summary>
    public TileRunner(FusedGroup group, Kernel[] kernels, View[] operands, View[] results, BufferPool pool)
    {
        (this.group, this.kernels, this.operands, this.results) = (group, kernels, operands, results);
        length = TileLength(group);
        registers = Array.ConvertAll(group.Registers, dtype => pool.Rent(dtype, length));
        filled = new Tensor?[operands.Length];
        nests = new LoopNest?[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].Count != group.Shape.Count)
            {
                filled[i] = pool.Rent(operands[i].DType, length);
                nests[i] = new LoopNest(group.Shape.Dims, LoopNest.Broadcast(operands[i].Shape, group.Shape.Rank));
                if (operands[i].Count == 1)
                {
                    Broadcasting.Fill(operands[i], filled[i]!);
                }
            }
        }
    }

    /// <summary>The elements of a tile.</summary>
    public static int TileLength(FusedGroup group)
    {
        int size = group.Instructions.Max(instruction => instruction.Node.DType.Size());
        return (int)Math.Min(TileBytes / size, group.Shape.Count);
    }

    /// <summary>Computes <paramref name="count"/> elements from <paramref name="start"/> on.</summary>
    public void Run(int start, int count, CancellationToken cancellationToken)
    {
        var shape = Shape.Of(length);
        Span<View> sources = new View[3];
        for (int done = 0; done < count; done += length)
        {
            int size = Math.Min(length, count - done);
            Shape tile = size == length ? shape : Shape.Of(size);
            Load(start + done, size);
            for (int i = 0; i < kernels.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TileInstruction instruction = group.Instructions[i];
                for (int k = 0; k < instruction.Operands.Length; k++)
                {
                    sources[k] = At(instruction.Operands[k], start + done, tile, instruction.Node.Inputs[k].DType);
                }

                View target = At(instruction.Target, start + done, tile, instruction.Node.DType);
                kernels[i](new KernelCall(instruction.Node, sources[..instruction.Operands.Length], target, cancellationToken));
            }
        }
    }

    /// <summary>Returns the tiles.</summary>
    public void Return(BufferPool pool)
    {
        foreach (Tensor tile in registers.Concat(filled.OfType<Tensor>()))
        {
            pool.Return(tile);
        }
    }

    private void Load(int start, int size)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            if (filled[i] is { } tile && operands[i].Count != 1)
            {
                Broadcasting.Load(operands[i], nests[i]!, start, size, tile);
            }
        }
    }

    private View At(TileReference reference, int start, Shape tile, DType dtype)
    {
        var type = new TensorType(dtype, tile);
        switch (reference.Source)
        {
            case TileSource.Register:
                return new View(registers[reference.Index], 0, type);
            case TileSource.Result:
                View result = results[reference.Index];
                return new View(result.Memory, result.Offset + start, type);
            default:
                View operand = operands[reference.Index];
                return filled[reference.Index] is { } copy ? new View(copy, 0, type) : new View(operand.Memory, operand.Offset + start, type);
        }
    }
}
