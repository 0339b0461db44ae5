
namespace Backprop.Compute.Host.Matrices;

/// <summary>Operations on rows of matrices.</summary>
internal static class Vectors
{
    /// <summary>y += factor·x.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.MultiplyAdd(x, factor, y, y);

    /// <summary>x·y.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => TensorPrimitives.Dot(x, y);

    /// <summary>|x|, scaled so that no square leaves the range (BLAS's nrm2).</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double element in x)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (double element in x)
        {
            sum += element / largest * (element / largest);
        }

        return largest * Math.Sqrt(sum);
    }

    /// <summary>
    /// Rotates two vectors: x := c·x − s·y, y := s·x + c·y, with t = s/(1 + c) so that small rotations lose no digits (Rutishauser, The Jacobi method
    /// for real symmetric matrices, 1966).
    /// </summary>
    public static void Turn(Span<double> x, Span<double> y, double s, double t)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (double g, double h) = (x[i], y[i]);
            x[i] = g - (s * (h + (t * g)));
            y[i] = h + (s * (g - (t * h)));
        }
    }

    /// <summary>
    /// −1 if the first element that is at least half as large as the largest is negative, otherwise 1: this fixes the sign of a vector independently
    /// of its last digits.
    /// </summary>
    public static double Sign(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double element in x)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        foreach (double element in x)
        {
            if (Math.Abs(element) >= largest / 2)
            {
                return element < 0 ? -1 : 1;
            }
        }

        return 1;
    }
}
