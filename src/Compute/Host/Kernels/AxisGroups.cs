using System.Runtime.CompilerServices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>A tensor viewed as [outer, length, inner], where the middle one is the axis that is processed.</summary>
internal readonly record struct AxisView(int Outer, int Length, int Inner)
{
    /// <summary>The view for one axis of a shape.</summary>
    public static AxisView Of(Shape shape, int axis) =>
        new((int)shape.CountOf(0, axis), shape[axis], (int)shape.CountOf(axis + 1, shape.Rank));
}

/// <summary>Splits a reduction over several axes into passes over one axis each; neighbouring axes count as one.</summary>
internal static class AxisGroups
{
    private static readonly ConditionalWeakTable<Node, AxisView[]> Known = [];

    /// <summary>The passes of a reduction over its operand's axes, found out once per node.</summary>
    public static AxisView[] Passes(Node reduction) =>
        Known.GetOrAdd(reduction, static node => [.. Passes(node.Inputs[0].Shape, node.Integers("axes"))]);

    // Innermost axis first; each pass reads the output of the previous one.
    private static List<AxisView> Passes(Shape shape, int[] axes)
    {
        List<(int Extent, bool Reduced)> groups = Grouped(shape, axes);
        var passes = new List<AxisView>();
        int inner = 1;
        for (int i = groups.Count - 1; i >= 0; i--)
        {
            if (!groups[i].Reduced)
            {
                inner *= groups[i].Extent;
                continue;
            }

            int outer = 1;
            for (int k = 0; k < i; k++)
            {
                outer *= groups[k].Extent;
            }

            passes.Add(new AxisView(outer, groups[i].Extent, inner));
        }

        return passes;
    }

    private static List<(int Extent, bool Reduced)> Grouped(Shape shape, int[] axes)
    {
        var groups = new List<(int Extent, bool Reduced)>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            bool reduced = axes.Contains(axis);
            if (shape[axis] == 1)
            {
                continue;
            }

            if (groups.Count > 0 && groups[^1].Reduced == reduced)
            {
                groups[^1] = (groups[^1].Extent * shape[axis], reduced);
            }
            else
            {
                groups.Add((shape[axis], reduced));
            }
        }

        return groups;
    }
}
