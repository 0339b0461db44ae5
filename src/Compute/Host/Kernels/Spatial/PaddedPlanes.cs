using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>
/// The geometry of a Pad: planes of rows, and the part of the operand that each of them comes from. An axis without borders is merged with the axis
/// before it, so that rows are long and planes large, but no larger than one core's share at a time.
/// </summary>
internal sealed class PaddedPlanes
{
    // The remaining axes, outermost first; always at least two.
    private readonly List<(int Inner, int Outer, int Begin)> axes = [(1, 1, 0), (1, 1, 0)];

    /// <summary>The planes of a result of this shape with these borders (ONNX: all begins, then all ends).</summary>
    public PaddedPlanes(Shape x, Shape result, ReadOnlySpan<int> pads)
    {
        for (int axis = 0; axis < x.Rank; axis++)
        {
            (int inner, int outer, int begin) = axes[^1];
            if (x[axis] == result[axis] && (long)outer * result[axis] <= Chunks.Length)
            {
                axes[^1] = (inner * x[axis], outer * x[axis], begin * x[axis]);
            }
            else
            {
                axes.Add((x[axis], result[axis], pads[axis]));
            }
        }
    }

    /// <summary>The elements of a row of the result.</summary>
    public int Width => axes[^1].Outer;

    /// <summary>The elements of a row of the operand.</summary>
    public int InnerWidth => axes[^1].Inner;

    /// <summary>The elements of a row before those of the operand.</summary>
    public int Left => axes[^1].Begin;

    /// <summary>The rows of a plane of the result.</summary>
    public int Height => axes[^2].Outer;

    /// <summary>
    /// For <paramref name="rows"/> rows of a plane from one on: those that contain rows of the operand, and the first row they contain.
    /// </summary>
    public (int From, int Top, int Bottom) Inside(int plane, int row, int rows)
    {
        (int height, _, int begin) = axes[^2];
        int top = Math.Clamp(begin - row, 0, rows), bottom = Math.Clamp(begin + height - row, 0, rows);
        int from = PlaneOf(plane);
        return from < 0 || bottom <= top ? (0, 0, 0) : ((from * height) + row + top - begin, top, bottom);
    }

    // The plane of the operand that a plane of the result contains, or −1.
    private int PlaneOf(int plane)
    {
        (int from, int stride) = (0, 1);
        for (int axis = axes.Count - 3; axis >= 0; axis--)
        {
            (int inner, int outer, int begin) = axes[axis];
            (plane, int at) = Math.DivRem(plane, outer);
            at -= begin;
            if (at < 0 || at >= inner)
            {
                return -1;
            }

            (from, stride) = (from + (at * stride), stride * inner);
        }

        return from;
    }
}
