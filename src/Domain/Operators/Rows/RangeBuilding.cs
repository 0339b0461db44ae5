using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>Range: its operands decide its shape, so all three must be known before anything runs.</summary>
internal static class RangeBuilding
{
    public static Node Range(OperatorCall c)
    {
        (Tensor start, Tensor limit, Tensor delta) = (c.Known(0), c.Known(1), c.Known(2));
        double count = Math.Max(Math.Ceiling((limit[0] - start[0]) / delta[0]), 0);
        if (double.IsNaN(count) || count > c.B.MaxElements)
        {
            throw new InvalidOperandException($"the range from {start[0]} to {limit[0]} by {delta[0]} has {count} elements, more than Limits:MaxElements = {c.B.MaxElements}");
        }

        Node steps = c.B.Cast(c.B.Iota((int)count), c.X.DType);
        return c.B.Add(c.B.Constant(start.Reshaped(Shape.Scalar)), c.B.Mul(steps, c.B.Constant(delta.Reshaped(Shape.Scalar))));
    }
}
