using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>Extents that operands and attributes give.</summary>
internal static class Extents
{
    /// <summary>Extents as a shape.</summary>
    public static Shape ToShape(IEnumerable<long> extents)
    {
        int[] dims = [.. extents.Select(extent => OperatorCall.ToInt("an extent", extent))];
        return dims.All(dim => dim >= 0) ? Shape.Of(dims)
            : throw new InvalidOperandException($"extents [{string.Join(',', dims)}]: none may be negative");
    }
}
