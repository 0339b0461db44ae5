namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Functions expressed by others, each as an expression of its parameters. They are written so that no digits are lost where the plain formula would
/// lose them, and so that an unselected branch stays finite. Conventions are NumPy's, those of losses PyTorch's.
/// </summary>
internal static class DefinedFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> Of(FunctionTable table) =>
        [.. Elementwise.Concat(Activations).Concat(Losses).Concat(Arrays).GroupBy(definition => definition.Names)
            .Select(forms => (forms.Key, Chosen([.. forms.Select(form => new DefinedFunction(form, table))])))];

    // Of several forms, the one with as many operands as the call, otherwise the first.
    private static Function Chosen(DefinedFunction[] forms)
    {
        int least = forms.Min(form => form.Parameters.Count);
        IEnumerable<string> operands = forms.MaxBy(form => form.Parameters.Count)!.Parameters.Select((name, i) => i < least ? name : $"{name}?");
        string signature = string.Join(", ", operands.Concat(forms.SelectMany(form => form.Keywords).Distinct()));
        return new Function(signature, (call, graph) => (forms.FirstOrDefault(form => form.Takes(call)) ?? forms[0]).Apply(call, graph));
    }

    private static Definition[] Elementwise =>
    [
        new("log2", "x", "", "log(x) / 0.6931471805599453"),
        new("log10", "x", "", "log(x) / 2.302585092994046"),
        new("exp2", "x", "", "pow(2, x)"),
        new("cbrt", "x", "", "where(x < 0, -pow(where(x < 0, -x, 1), 0.3333333333333333), pow(where(x < 0, 1, x), 0.3333333333333333))"),

        // Scaled as in BLAS's nrm2, so that no square overflows; 0 with derivative 0 at the origin.
        new("logaddexp", "x y", "", "where(logical_and(x == y, isinf(x)), x, where(x >= y, x + softplus(y - x), y + softplus(x - y)))"),
        new("logaddexp2", "x y", "", "logaddexp(x * 0.6931471805599453, y * 0.6931471805599453) / 0.6931471805599453"),
        new("logsigmoid", "x", "", "-softplus(-x)"),
        new("logit", "x", "", "log(x) - log1p(-x)"),
        new("xlogy", "x y", "", "x * log(where(logical_and(x == 0, y <= 0), 1, y))"),
        new("xlog1py", "x y", "", "x * log1p(where(logical_and(x == 0, y <= -1), 0, y))"),
        new("log1mexp", "x", "", "where(x < 0.6931471805599453, log(-expm1(-x)), log1p(-exp(-x)))"),
        new("ndtr normal_cdf", "x", "", "0.5 * erfc(-0.7071067811865476 * x)"),

        // The series up to the term below the last digit, since sin(t)/t would cancel in its derivatives.
        new("sinc", "x", "",
            "t = pi * x; z = square(t); where(z < 1, 1 - z/6*(1 - z/20*(1 - z/42*(1 - z/72*(1 - z/110*(1 - z/156*(1 - z/210*(1 - z/272*(1 - " +
            "z/342)))))))), sin(t) / where(z < 1, 1, t))"),
        new("trunc fix", "x", "", "sign(x) * floor(abs(x))"),
        new("frac", "x", "", "x - trunc(x)"),

        // With the sign of the divisor, as in Python; fmod has that of the dividend.
        new("remainder mod modulo", "x y", "", "r = fmod(x, y); where(logical_and(r != 0, logical_xor(r < 0, y < 0)), r + y, r)"),
        new("floor_divide", "x y", "", "floor(x / y)"),
        new("heaviside", "x y", "", "where(x < 0, 0, where(x > 0, 1, y))"),
        new("copysign", "x y", "", "where(y < 0, -abs(x), abs(x))"),
        new("fmax", "x y", "", "where(isnan(x), y, where(isnan(y), x, maximum(x, y)))"),
        new("fmin", "x y", "", "where(isnan(x), y, where(isnan(y), x, minimum(x, y)))"),
        new("sec", "x", "", "1 / cos(x)"), new("csc", "x", "", "1 / sin(x)"), new("cot ctg", "x", "", "1 / tan(x)"),
        new("sech", "x", "", "1 / cosh(x)"), new("csch", "x", "", "1 / sinh(x)"), new("coth", "x", "", "1 / tanh(x)"),
        new("deg2rad radians", "x", "", "x * 0.017453292519943295"), new("rad2deg degrees", "x", "", "x * 57.29577951308232"),
        new("lerp", "x y z", "", "x + z * (y - x)"),
        new("nan_to_num", "x", "nan=0", "where(isnan(x), nan, x)"),
        new("isfinite", "x", "", "logical_not(logical_or(isnan(x), isinf(x)))"),

        // −x·log x, whose slope at 0 is infinite; undefined for negative numbers.
        new("entr", "x", "", "where(x == 0, sqrt(maximum(x, 0)), where(x < 0, log(stop_gradient(0 * abs(x))), -x * log(where(x > 0, x, 1))))"),

        // Reduced to a quarter turn, so that multiples of 1/2 are exact.
        new("sinpi", "x", "", "n = round(x); r = x - n; (1 - 2 * fmod(abs(n), 2)) * sin(pi * r)"),
        new("cospi", "x", "",
            "n = round(x); r = x - n; (1 - 2 * fmod(abs(n), 2)) * where(abs(r) > 0.25, sin(pi * (0.5 - abs(r))), cos(pi * where(abs(r) > 0.25, 0, " +
            "r)))"),
        new("rect", "x", "", "where(abs(x) < 0.5, 1, where(abs(x) > 0.5, 0 * x, 0.5))"),
        new("beta", "x y", "",
            "where(maximum(x, y) < 60, gamma(minimum(x, 60)) * gamma(minimum(y, 60)) / gamma(minimum(x, 60) + minimum(y, 60)), exp(betaln(x, y)))"),
        new("ndtri normal_quantile", "p", "", "-1.4142135623730951 * erfcinv(2 * p)"),

        // The scaled function in the lower tail, where the plain one underflows to 0.
        new("log_ndtr", "x", "",
            "t = where(x < -1, x, -1); where(x < -1, log(0.5 * erfcx(-0.7071067811865476 * t)) - 0.5 * square(t), log1p(-0.5 * " +
            "erfc(0.7071067811865476 * x)))"),
        new("i0", "x", "", "bessel_i(x)"), new("i1", "x", "", "bessel_i(x, n=1)"),
        new("betaln", "x y", "", "lgamma(x) + lgamma(y) - lgamma(x + y)"),
    ];

    private static Definition[] Activations =>
    [
        new("relu6", "x", "", "where(x <= 0, 0, where(x >= 6, 6, x))"),
        new("hardtanh", "x", "min_val=-1 max_val=1", "where(x <= min_val, min_val, where(x >= max_val, max_val, x))"),
        new("tanhshrink", "x", "", "x - tanh(x)"),
        new("softshrink", "x", "lambd=0.5", "where(x > lambd, x - lambd, where(x < -lambd, x + lambd, 0))"),
        new("hardshrink", "x", "lambd=0.5", "where(abs(x) > lambd, x, 0)"),
        new("glu", "x", "axis=-1", "split(x, axis=axis, num_outputs=2, output=0) * sigmoid(split(x, axis=axis, num_outputs=2, output=1))"),
        new("softmax2d", "x", "", "softmax(x, axis=-3)"),
        new("softmin", "x", "axis=-1", "softmax(-x, axis=axis)"),
    ];

    private static Definition[] Losses =>
    [
        new("mse mse_loss", "x y", "", "mean(square(x - y))"),
        new("mae l1_loss", "x y", "", "mean(abs(x - y))"),
        new("huber huber_loss", "x y", "delta=1", "d = abs(x - y); mean(where(d <= delta, 0.5 * square(d), delta * (d - 0.5 * delta)))"),
        new("smooth_l1_loss", "x y", "beta=1", "d = abs(x - y); mean(where(d < beta, 0.5 * square(d) / beta, d - 0.5 * beta))"),
        new("bce binary_cross_entropy", "x y", "", "-mean(xlogy(y, x) + xlog1py(1 - y, -x))"),
        new("bce_with_logits binary_cross_entropy_with_logits", "x y", "", "mean(where(x >= 0, (1 - y) * x + softplus(-x), softplus(x) - y * x))"),

        // x are log-probabilities, y probabilities (PyTorch).
        new("kl_div", "x y", "", "mean(xlogy(y, y) - y * x)"),
        new("hinge hinge_loss", "x y", "", "mean(relu(1 - x * y))"),
        new("cosine_similarity", "x y", "axis=-1",
            "n = norm(x, axis=axis) * norm(y, axis=axis); where(n > 0, sum(x * y, axis=axis) / where(n > 0, n, 1), 0)"),
    ];

    private static Definition[] Arrays =>
    [
        new("ptp", "x", "axis keepdims", "max(x, axis=axis, keepdims=keepdims) - min(x, axis=axis, keepdims=keepdims)"),
        new("rms", "x", "axis keepdims", "sqrt(mean(square(x), axis=axis, keepdims=keepdims))"),
        new("nansum", "x", "axis keepdims", "sum(where(isnan(x), 0, x), axis=axis, keepdims=keepdims)"),
        new("nanmean", "x", "axis keepdims",
            "nansum(x, axis=axis, keepdims=keepdims) / sum(cast_like(logical_not(isnan(x)), x), axis=axis, keepdims=keepdims)"),

        // Divided by the count minus the correction: 0 is NumPy's default, 1 PyTorch's. The deviation of equal numbers is 0, with derivative 0, like
        // a norm.
        new("var variance", "x", "axis keepdims correction=0",
            "d = x - mean(x, axis=axis, keepdims=True); sum(square(d), axis=axis, keepdims=keepdims) / (sum(ones_like(x), axis=axis, " +
            "keepdims=keepdims) - correction)"),
        new("std", "x", "axis keepdims correction=0",
            "d = x - mean(x, axis=axis, keepdims=True); norm(d, axis=axis, keepdims=keepdims) / sqrt(sum(ones_like(x), axis=axis, " +
            "keepdims=keepdims) - correction)"),
        new("outer", "x y", "", "reshape(x, shape=(-1, 1)) * reshape(y, shape=(1, -1))"),
        new("vdot", "x y", "", "sum(x * y)"),
        new("trace tr", "x", "offset=0", "sum(diagonal(x, offset=offset), axis=-1)"),
        new("nanmax", "x", "axis keepdims", "max(where(isnan(x), cast_like(log(0.0), x), x), axis=axis, keepdims=keepdims)"),
        new("nanmin", "x", "axis keepdims", "min(where(isnan(x), cast_like(-log(0.0), x), x), axis=axis, keepdims=keepdims)"),
        new("count_nonzero", "x", "axis keepdims", "sum(cast(cast(x, to=9), to=7), axis=axis, keepdims=keepdims)"),
        new("any", "x", "axis keepdims", "count_nonzero(x, axis=axis, keepdims=keepdims) > 0"),
        new("all", "x", "axis keepdims", "count_nonzero(logical_not(cast(x, to=9)), axis=axis, keepdims=keepdims) == 0"),
        new("diff", "x", "axis=-1", "slice(x, starts=1, ends=9223372036854775807, axes=axis) - slice(x, starts=0, ends=-1, axes=axis)"),
        new("trapezoid trapz", "y", "dx=1 axis=-1",
            "dx * 0.5 * sum(slice(y, starts=1, ends=9223372036854775807, axes=axis) + slice(y, starts=0, ends=-1, axes=axis), axis=axis)"),
        new("trapezoid trapz", "y x", "axis=-1",
            "0.5 * sum(diff(x) * (slice(y, starts=1, ends=9223372036854775807, axes=axis) + slice(y, starts=0, ends=-1, axes=axis)), axis=axis)"),
        new("zeros_like", "x", "", "cast_like(expand(0, shape(x)), x)"), new("ones_like", "x", "", "cast_like(expand(1, shape(x)), x)"),
        new("full_like", "x y", "", "cast_like(expand(y, shape(x)), x)"),
        new("linspace", "x y z", "", "x + (y - x) * (cast_like(range(0, z, 1), x) / (cast_like(z, x) - 1))"),
        new("addmm addmv", "x y z", "beta=1 alpha=1", "beta * x + alpha * matmul(y, z)"),
        new("bilinear", "x y w", "", "einsum(x, w, y, equation='...i,kij,...j->...k')"),
        new("cdist", "x y", "", "norm(unsqueeze(x, axes=-2) - unsqueeze(y, axes=-3), axis=-1)"),
        new("horner", "p x", "", "polyval(p, x)"), new("T", "x", "", "transpose(x)"),
        new("median", "x", "axis keepdims", "quantile(x, 0.5, axis=axis, keepdims=keepdims)"),
        new("percentile", "x q", "axis keepdims", "quantile(x, q / 100.0, axis=axis, keepdims=keepdims)"),

        // −∞ for a singular matrix, NaN for a negative determinant.
        new("logdet", "x", "", "log(det_sign(x)) + log_abs_det(x)"),
        new("lstsq", "x y", "rcond", "matmul(pinv(x, rcond=rcond), y)"),
        new("inner", "x y", "", "tensordot(x, y, axes_a=-1, axes_b=-1)"),
        new("cov", "x", "ddof=1", "d = x - mean(x, axis=-1, keepdims=True); inner(d, d) / (cast_like(squeeze(shape(x, start=-1)), x) - ddof)"),
        new("corrcoef", "x", "", "c = cov(x); s = sqrt(diagonal(c)); c / outer(s, s)"),
        new("tril", "x", "", "trilu(x, upper=0)"), new("triu", "x", "", "trilu(x, upper=1)"),
        new("ravel", "x", "", "reshape(x, shape=(-1,))"),
    ];
}
