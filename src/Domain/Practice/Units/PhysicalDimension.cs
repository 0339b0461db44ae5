namespace Backprop.Domain.Practice.Units;

/// <summary>What a quantity measures, as powers of seconds, bytes and operations; if all are 0, a count or a ratio.</summary>
public readonly record struct PhysicalDimension(int Seconds = 0, int Bytes = 0, int Operations = 0)
{
    /// <summary>The dimension of a product.</summary>
    public static PhysicalDimension operator *(PhysicalDimension x, PhysicalDimension y) =>
        new(x.Seconds + y.Seconds, x.Bytes + y.Bytes, x.Operations + y.Operations);

    /// <summary>The dimension of a quotient.</summary>
    public static PhysicalDimension operator /(PhysicalDimension x, PhysicalDimension y) =>
        new(x.Seconds - y.Seconds, x.Bytes - y.Bytes, x.Operations - y.Operations);

    /// <summary>In words.</summary>
    public override string ToString() => this switch
    {
        (0, 0, 0) => "a plain number",
        (1, 0, 0) => "a time",
        (0, 1, 0) => "an amount of memory",
        (0, 0, 1) => "a number of operations",
        (-1, 1, 0) => "a bandwidth",
        (-1, 0, 1) => "a rate of operations",
        (0, -1, 1) => "operations per byte",
        _ => "another quantity",
    };
}

/// <summary>A unit.</summary>
/// <param name="Factor">Its size in seconds, bytes and operations.</param>
/// <param name="Dimension">What it measures.</param>
public readonly record struct Unit(double Factor, PhysicalDimension Dimension)
{
    /// <summary>The unit of counts and ratios.</summary>
    public static Unit One { get; } = new(1, default);
}
