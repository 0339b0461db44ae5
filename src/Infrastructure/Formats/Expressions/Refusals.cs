using System.Collections.Frozen;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Common names that are not supported here, or that are ambiguous, with what to write instead.</summary>
internal static class Refusals
{
    private const string Complex = "values are real, and a complex number is a pair in the last axis: write dft(x) of a value of shape [..., n, " +
        "1] or [..., n, 2]";
    private const string Parts = "values are real, and a complex number is a pair in the last axis: take the part that you need";

    /// <summary>What to write instead of a derivative.</summary>
    public const string Derivatives = "an expression is only the function; its derivatives are the routes /gradients, /jacobians and /hessians";

    private static readonly FrozenDictionary<string, string> Hints = new (string Names, string Hint)[]
    {
        ("fft ifft rfft irfft fft2 ifft2 fftn", Complex),
        ("real imag conj", Parts),
        ("angle", "write atan2(imaginary part, real part)"),
        ("eig eigvals", "eigenvalues of a general matrix are complex; write eigvalsh(A) of a symmetric one, or svdvals(A)"),
        ("meshgrid", "write unsqueeze(x, axes=1) and unsqueeze(y, axes=0), which broadcast"),
        ("lg", "it means log2 to some and log10 to others; write one of these"),
        ("int", "write trunc(x), floor(x) or round(x), or cast(x, to=7) for whole numbers"),
        ("step heavisidestep", "write heaviside(x, 0.5) with its value at 0"),
        ("tri", "write maximum(0, 1 - abs(x)) for the triangle, tril(x) for a triangle of a matrix"),
        ("varmean stdmean", "a function has one result: write var(x) or std(x), and mean(x)"),
        ("multiheadattention mha", "project the operands with @, then write attention(q, k, v, q_num_heads=8, kv_num_heads=8)"),
        ("grad derivative differentiate jacobian hessian backward d dx dy dz dt dw nabla", Derivatives),
        ("integral integrate", "write trapezoid(y, x) for an integral of samples"),
        ("factorial", "write gamma(x + 1)"),
        ("float double", "values are floats already, and cast(x, to=11) turns whole numbers into floats"),
        ("lambda", "functions cannot be defined; write only the body, whose free names are the inputs"),
        ("Σ", "write sum(x)"), ("π", "write a product with '*'"),
        ("item numpy tolist cpu cuda astype requiresgrad", "an expression only computes values: leave it out"),
        ("rand randn randint random normal uniform",
            "write random_uniform(shape=(2, 3), seed=1.0) or random_normal(...), or send the numbers as an input"),
        ("print len size numel type", "an expression only computes values"),
    }.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Hint)))
        .ToFrozenDictionary(row => row.name, row => row.Hint, StringComparer.Ordinal);

    /// <summary>What to write instead of a name, or null.</summary>
    /// <param name="key">The name in lower case, without underscores.</param>
    public static string? Hint(string key) => Hints.GetValueOrDefault(key);
}
