using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Indexing;

/// <summary>The last axis of a tensor of indices, read as tuples that each denote a slice of the data (GatherND, ScatterND).</summary>
internal sealed class IndexTuples
{
    private readonly View indices;
    private readonly Shape data;
    private readonly long[] strides;
    private readonly int batchDims;
    private readonly int width;
    private readonly int tuplesPerBatch;

    public IndexTuples(Shape data, View indices, int batchDims)
    {
        this.data = data;
        this.indices = indices;
        this.batchDims = batchDims;
        Shape shape = indices.Shape;
        width = shape[shape.Rank - 1];
        strides = data.Strides();
        Count = (int)shape.CountOf(0, shape.Rank - 1);
        tuplesPerBatch = (int)shape.CountOf(batchDims, shape.Rank - 1);
        Slice = (int)data.CountOf(batchDims + width, data.Rank);
    }

    /// <summary>The number of tuples.</summary>
    public int Count { get; }

    /// <summary>The elements of the slice that a tuple denotes.</summary>
    public int Slice { get; }

    /// <summary>The element at which the slice of a tuple begins.</summary>
    public int Offset(ReadOnlySpan<long> values, int tuple)
    {
        long offset = tuple / tuplesPerBatch * data.CountOf(batchDims, data.Rank);
        for (int i = 0; i < width; i++)
        {
            int axis = batchDims + i;
            offset += Positions.Resolve(indices, values, (tuple * width) + i, data[axis]) * strides[axis];
        }

        return (int)offset;
    }
}
