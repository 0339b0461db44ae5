namespace Backprop.Domain.Graphs.Building;

/// <summary>The first steps of normalizations.</summary>
public static class NormalizationBuilding
{
    /// <summary>
    /// x minus its mean over axes, that mean, and the variance (of the population: divided by the count); the axes are kept with extent 1.
    /// </summary>
    public static (Node Centred, Node Mean, Node Variance) Moments(this GraphBuilder b, Node x, int[] axes)
    {
        (Node centred, Node mean) = b.Centred(x, axes);
        return (centred, mean, b.ReduceMean(b.Square(centred), axes, true));
    }

    /// <summary>x minus its mean over axes, and that mean; the axes are kept with extent 1.</summary>
    public static (Node Centred, Node Mean) Centred(this GraphBuilder b, Node x, int[] axes)
    {
        Node mean = b.ReduceMean(x, axes, true);
        return (b.Sub(x, mean), mean);
    }

    /// <summary>1/√(mean of squares + <paramref name="epsilon"/>), by a norm, so that squares may leave the range of the type.</summary>
    public static Node InverseDeviation(this GraphBuilder b, Node centred, int[] axes, double epsilon)
    {
        long count = ReductionBuilding.Extent(centred, axes);
        return b.Div(b.Scalar(Math.Sqrt(count), centred.DType), b.Norm(centred, axes, true, count * epsilon));
    }

    /// <summary>√x, but 0 with derivative 0 where x is 0: the root itself has no finite slope there.</summary>
    public static Node SafeSqrt(this GraphBuilder b, Node x) => b.SafeRoot(x, b.Sqrt);

    /// <summary>1/√(variance + <paramref name="epsilon"/>).</summary>
    public static Node InverseDeviation(this GraphBuilder b, Node variance, double epsilon) => b.Reciprocal(b.Sqrt(b.Plus(variance, epsilon)));

    /// <summary>A root of x, but 0 with derivative 0 where x is 0: <paramref name="root"/> never receives a zero.</summary>
    public static Node SafeRoot(this GraphBuilder b, Node x, Func<Node, Node> root)
    {
        Node zero = b.Scalar(0, x.DType);
        Node isZero = b.Equal(x, zero);
        return b.Where(isZero, zero, root(b.Where(isZero, b.Scalar(1, x.DType), x)));
    }
}
