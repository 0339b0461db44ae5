using System.Numerics;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host.Kernels.Reductions;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Loops;

/// <summary>The outputs of a group that reduce all of its elements: one partial result per tile, combined in the order of the tiles.</summary>
internal static class LoopTotals
{
    /// <summary>Sets the partial results of a tile to the identity of the reduction.</summary>
    public static void Clear(FusedLoop loop, LoopLayout layout, Tensor partials, int part)
    {
        for (int i = 0; i < loop.Outputs.Length; i++)
        {
            if (loop.Outputs[i].Shape != OperandShape.Scalar)
            {
                continue;
            }

            double identity = LoopOperation.Identity(loop.Outputs[i].Fold);
            if (loop.DType == DType.Float32)
            {
                partials.Values<float>()[layout.Total(i, part)] = (float)identity;
            }
            else
            {
                partials.Values<double>()[layout.Total(i, part)] = identity;
            }
        }
    }

    /// <summary>Combines the partial results of all tiles and writes the totals.</summary>
    /// <param name="loop">The group.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="partials">The tiles' partial results.</param>
    /// <param name="outputs">The memory of the group's outputs.</param>
    public static void Join(FusedLoop loop, LoopLayout layout, Tensor partials, ReadOnlySpan<View> outputs)
    {
        for (int i = 0; i < loop.Outputs.Length; i++)
        {
            if (loop.Outputs[i].Shape != OperandShape.Scalar)
            {
                continue;
            }

            int first = layout.Total(i, 0);
            if (loop.DType == DType.Float32)
            {
                outputs[i].Values<float>()[0] = Joined<float>(partials, first, layout.Parts, loop.Outputs[i].Fold);
            }
            else
            {
                outputs[i].Values<double>()[0] = Joined<double>(partials, first, layout.Parts, loop.Outputs[i].Fold);
            }
        }
    }

    private static T Joined<T>(Tensor partials, int first, int count, string fold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (fold == RowFolds.Norm)
        {
            return NormKernels.OfRow<T>(partials.Values<T>().Slice(first, count), T.Zero);
        }

        Reducer<T> reducer = fold switch
        {
            "Max" => Shared<T>.Max,
            "Min" => Shared<T>.Min,
            _ => Shared<T>.Sum,
        };
        return reducer.Row(partials.Values<T>().Slice(first, count));
    }

    // There is at least one tile, so the identity is never needed.
    private static class Shared<T>
        where T : unmanaged, INumber<T>
    {
        public static readonly Reducer<T> Max = Reducers.Max(T.Zero);
        public static readonly Reducer<T> Min = Reducers.Min(T.Zero);
        public static readonly Reducer<T> Sum = Reducers.Sum<T>();
    }
}
