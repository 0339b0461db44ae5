namespace Backprop.Compute.Host;

/// <summary>A polynomial, written from its highest coefficient down.</summary>
/// <param name="x">Where it is evaluated.</param>
/// <param name="value">The highest coefficient.</param>
internal readonly struct Horner<M>(double x, double value)
    where M : struct, IElementaryFunctions
{
    private readonly double x = x;

    /// <summary>The value so far.</summary>
    public readonly double Value = value;

    /// <summary>The next coefficient.</summary>
    public Horner<M> Then(double coefficient) => new(x, M.MultiplyAdd(Value, x, coefficient));
}
