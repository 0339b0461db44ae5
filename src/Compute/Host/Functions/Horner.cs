namespace Backprop.Compute.Host.Functions;

/// <summary>A polynomial evaluated from its highest coefficient down.</summary>
/// <param name="x">The point of evaluation.</param>
/// <param name="value">The highest coefficient.</param>
internal readonly struct Horner<M>(double x, double value)
    where M : struct, IElementaryFunctions
{
    private readonly double x = x;

    /// <summary>The partial value.</summary>
    public readonly double Value = value;

    /// <summary>Adds the next coefficient.</summary>
    public Horner<M> Then(double coefficient) => new(x, M.MultiplyAdd(Value, x, coefficient));
}
