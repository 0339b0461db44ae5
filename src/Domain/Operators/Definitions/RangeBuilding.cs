using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Range: its operands decide its shape, so all three must be known before anything runs.</summary>
internal static class RangeBuilding
{
    public static Node Range(OperatorCall c)
    {
        (double start, double limit, double delta) = (c.KnownNumber(0), c.KnownNumber(1), c.KnownNumber(2));
        double count = Math.Max(Math.Ceiling((limit - start) / delta), 0);
        if (double.IsNaN(count) || count > c.B.MaxElements)
        {
            throw new InvalidOperandException($"the range from {start} to {limit} by {delta} has {count} elements, more than Limits:MaxElements = " +
                $"{c.B.MaxElements}");
        }

        Node steps = c.B.Cast(c.B.Iota((int)count), c.X.DType);
        return c.B.Add(c.B.Constant(c.Known(0).Reshaped(Shape.Scalar)), c.B.Mul(steps, c.B.Constant(c.Known(2).Reshaped(Shape.Scalar))));
    }
}
