namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// The factors that keep the squares of elements in range: powers of two, as in Anderson, "Algorithm 978: Safe scaling in the level 1 BLAS", ACM TOMS
/// 44 (2017), the algorithm of LAPACK's dnrm2. A finite sum of squares that is not below the least needs no factor: what the squares lost is less
/// than its last digit.
/// </summary>
internal static class NormScales
{
    /// <summary>2^−88, the least sum of float32.</summary>
    public const float LeastSingle = 3.2311742677852644e-27f;

    /// <summary>2^100, used if the sum is less.</summary>
    public const float UpSingle = 1.2676506002282294e+30f;

    /// <summary>2^−100, used if it is infinite.</summary>
    public const float DownSingle = 7.888609052210118e-31f;

    /// <summary>2^−940, the least sum of float64.</summary>
    public const double LeastDouble = 1.0759796952395615e-283;

    /// <summary>2^700, used if the sum is less.</summary>
    public const double UpDouble = 5.260135901548374e+210;

    /// <summary>2^−700, used if it is infinite.</summary>
    public const double DownDouble = 1.90109156629516e-211;
}
