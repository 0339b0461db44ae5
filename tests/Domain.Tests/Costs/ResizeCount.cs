using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of resizing: one axis after another, each element a sum of as many products as its kernel is wide.</summary>
internal static class ResizeCount
{
    public static long Of(Sample sample, Shape result)
    {
        Shape x = sample.ShapeOf(0);
        string mode = sample.Text("mode", "nearest");
        long flops = 0, elements = x.Count;
        for (int axis = 0; mode != "nearest" && axis < x.Rank; axis++)
        {
            if (x[axis] == result[axis] && sample.Form != "cropped")
            {
                continue;
            }

            elements = elements / x[axis] * result[axis];
            double reach = mode == "linear" ? 1 : 2, shrink = sample.Int("antialias", 0) == 1 ? Math.Max(Shrinkage(sample, x[axis], result[axis]), 1) : 1;
            flops += 2 * elements * (2 * (long)Math.Ceiling(reach * shrink));
        }

        return flops;
    }

    // How many elements of the operand one element of the result covers.
    private static double Shrinkage(Sample sample, int extent, int made) => sample.Attributes.TryGetValue("scales", out AttributeValue? scales)
        ? 1 / Enumerable.Range(0, scales.Numbers!.Value.Count).Select(i => scales.Numbers.Value[i]).Min()
        : (double)extent / made;
}
