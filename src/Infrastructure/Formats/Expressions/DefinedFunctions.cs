namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Functions that others express, each as an expression of its parameters. They are written so that no digits are lost where the plain formula loses them,
/// and so that a branch that is not taken stays finite. Conventions are NumPy's, of losses PyTorch's.
/// </summary>
internal static class DefinedFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> Of(FunctionTable table) =>
        [.. Elementwise.Concat(Activations).Concat(Losses).Concat(Arrays).Select(definition => (definition.Names, (Function)new DefinedFunction(definition, table).Apply))];

    private static Definition[] Elementwise =>
    [
        new("log2", "x", "", "log(x) / 0.6931471805599453"),
        new("log10", "x", "", "log(x) / 2.302585092994046"),
        new("exp2", "x", "", "pow(2, x)"),
        new("cbrt", "x", "", "where(x < 0, -pow(where(x < 0, -x, 1), 0.3333333333333333), pow(where(x < 0, 1, x), 0.3333333333333333))"),

        // Scaled as BLAS's nrm2 is, so that no square leaves the range; 0 with derivative 0 at the origin.
        new("logaddexp", "x y", "", "where(logical_and(x == y, isinf(x)), x, where(x >= y, x + softplus(y - x), y + softplus(x - y)))"),
        new("logsigmoid log_sigmoid", "x", "", "-softplus(-x)"),
        new("logit", "x", "", "log(x) - log1p(-x)"),
        new("xlogy", "x y", "", "x * log(where(logical_and(x == 0, y <= 0), 1, y))"),
        new("xlog1py", "x y", "", "x * log1p(where(logical_and(x == 0, y <= -1), 0, y))"),
        new("log1mexp", "x", "", "where(x < 0.6931471805599453, log(-expm1(-x)), log1p(-exp(-x)))"),
        new("ndtr normal_cdf", "x", "", "0.5 * erfc(-0.7071067811865476 * x)"),

        // The series up to the term below the last digit where sin(t)/t would cancel in its derivatives.
        new("sinc", "x", "", "t = pi * x; z = square(t); where(z < 1, 1 - z/6*(1 - z/20*(1 - z/42*(1 - z/72*(1 - z/110*(1 - z/156*(1 - z/210*(1 - z/272*(1 - z/342)))))))), sin(t) / where(z < 1, 1, t))"),
        new("trunc fix", "x", "", "sign(x) * floor(abs(x))"),
        new("frac", "x", "", "x - trunc(x)"),

        // With the sign of the divisor, as in Python; fmod has that of the dividend.
        new("remainder", "x y", "", "r = fmod(x, y); where(logical_and(r != 0, logical_xor(r < 0, y < 0)), r + y, r)"),
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
        new("betaln", "x y", "", "lgamma(x) + lgamma(y) - lgamma(x + y)"),
        new("square_error", "x y", "", "square(x - y)"),
    ];

    private static Definition[] Activations =>
    [
        new("relu6", "x", "", "where(x <= 0, 0, where(x >= 6, 6, x))"),
        new("hardtanh hard_tanh", "x", "min_val=-1 max_val=1", "where(x <= min_val, min_val, where(x >= max_val, max_val, x))"),
        new("tanhshrink", "x", "", "x - tanh(x)"),
        new("softshrink", "x", "lambd=0.5", "where(x > lambd, x - lambd, where(x < -lambd, x + lambd, 0))"),
        new("hardshrink", "x", "lambd=0.5", "where(abs(x) > lambd, x, 0)"),
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

        // x are logarithms of probabilities, y probabilities (PyTorch).
        new("kl_div", "x y", "", "mean(xlogy(y, y) - y * x)"),
        new("hinge hinge_loss", "x y", "", "mean(relu(1 - x * y))"),
        new("cosine_similarity", "x y", "axis=-1", "n = norm(x, axis=axis) * norm(y, axis=axis); where(n > 0, sum(x * y, axis=axis) / where(n > 0, n, 1), 0)"),
    ];

    private static Definition[] Arrays =>
    [
        new("ptp", "x", "axis keepdims", "max(x, axis=axis, keepdims=keepdims) - min(x, axis=axis, keepdims=keepdims)"),
        new("rms", "x", "axis keepdims", "sqrt(mean(square(x), axis=axis, keepdims=keepdims))"),
        new("nansum", "x", "axis keepdims", "sum(where(isnan(x), 0, x), axis=axis, keepdims=keepdims)"),
        new("nanmean", "x", "axis keepdims", "nansum(x, axis=axis, keepdims=keepdims) / sum(cast_like(logical_not(isnan(x)), x), axis=axis, keepdims=keepdims)"),

        // Divided by the count less the correction: 0 is NumPy's default, 1 PyTorch's. The deviation of equal numbers is 0, with derivative 0, as a norm's is.
        new("var variance", "x", "axis keepdims correction=0", "d = x - mean(x, axis=axis, keepdims=True); sum(square(d), axis=axis, keepdims=keepdims) / (sum(cast_like(logical_or(isnan(x), logical_not(isnan(x))), x), axis=axis, keepdims=keepdims) - correction)"),
        new("std", "x", "axis keepdims correction=0", "d = x - mean(x, axis=axis, keepdims=True); norm(d, axis=axis, keepdims=keepdims) / sqrt(sum(cast_like(logical_or(isnan(x), logical_not(isnan(x))), x), axis=axis, keepdims=keepdims) - correction)"),
        new("outer", "x y", "", "reshape(x, shape=(-1, 1)) * reshape(y, shape=(1, -1))"),
        new("vdot", "x y", "", "sum(x * y)"),
        new("trace", "x", "", "sum(where(eye_like(x) > 0, x, 0))"),
        new("tril", "x", "", "trilu(x, upper=0)"), new("triu", "x", "", "trilu(x, upper=1)"),
        new("ravel flatten_all", "x", "", "reshape(x, shape=(-1,))"),
    ];
}
