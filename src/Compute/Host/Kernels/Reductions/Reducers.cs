using System.Numerics;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>Sums and extremes; extremes propagate NaN.</summary>
internal static class Reducers
{
    private const int Block = 512;

    public static Reducer<T> Sum<T>()
        where T : unmanaged, INumber<T> => new(Summation.Of, TensorPrimitives.Add, T.Zero);

    public static Reducer<T> Max<T>(T identity)
        where T : unmanaged, INumber<T> => new(TensorPrimitives.Max, TensorPrimitives.Max, identity);

    public static Reducer<T> Min<T>(T identity)
        where T : unmanaged, INumber<T> => new(TensorPrimitives.Min, TensorPrimitives.Min, identity);

    /// <summary>The sum of exp(x − shift).</summary>
    public static Reducer<T> ExpSum<T>(T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(x => ExpSum(x, shift), TensorPrimitives.Add, T.Zero);

    /// <summary>exp(x − shift), elementwise.</summary>
    public static void ExpDifference<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> shift, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, shift, result);
        Elementary.Exp<T>(result, result);
    }

    private static T ExpSum<T>(ReadOnlySpan<T> x, T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> terms = stackalloc T[Block];
        terms = terms[..x.Length];
        TensorPrimitives.Subtract(x, shift, terms);
        Elementary.Exp<T>(terms, terms);
        return Summation.Of<T>(terms);
    }
}
