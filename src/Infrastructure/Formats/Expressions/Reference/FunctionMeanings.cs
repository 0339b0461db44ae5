namespace Backprop.Infrastructure.Formats.Expressions.Reference;

/// <summary>What the functions compute, by family: one line per function, under its first name.</summary>
internal static partial class FunctionMeanings
{
    /// <summary>The families of functions of single elements, and losses.</summary>
    public static IReadOnlyList<(string Title, string Meanings)> Families { get; } =
    [
        ("Exponentials, logarithms and powers", """
            exp: e to the power x
            expm1: e^x - 1 without loss of digits near 0
            exp2: 2 to the power x
            log: natural logarithm, or the one to a base: log(x, 10)
            ln: natural logarithm
            log1p: log(1 + x) without loss of digits near 0
            log2: logarithm to base 2
            log10: logarithm to base 10
            log1mexp: log(1 - e^-x)
            logaddexp: log(e^x + e^y)
            logaddexp2: logarithm to base 2 of 2^x + 2^y
            xlogy: x log y, 0 where x = 0
            xlog1py: x log(1 + y), 0 where x = 0
            entr: -x log x, 0 at 0
            pow: a to the power b
            square: x squared
            sqrt: square root
            cbrt: cube root, also of negative numbers
            rsqrt: 1 over the square root
            reciprocal: 1 / x
            hypot: square root of x^2 + y^2 without overflow
            """),
        ("Trigonometry", """
            sin: sine
            cos: cosine
            tan: tangent
            sec: 1 / cos x
            csc: 1 / sin x
            cot: 1 / tan x
            asin: inverse sine
            acos: inverse cosine
            atan: inverse tangent
            atan2: angle of the point (x, y), in the order y, x
            sinh: hyperbolic sine
            cosh: hyperbolic cosine
            tanh: hyperbolic tangent
            sech: 1 / cosh x
            csch: 1 / sinh x
            coth: 1 / tanh x
            asinh: inverse hyperbolic sine
            acosh: inverse hyperbolic cosine
            atanh: inverse hyperbolic tangent
            sinc: sin(pi x) / (pi x), 1 at 0
            sinpi: sin(pi x), exact at multiples of 1/2
            cospi: cos(pi x), exact at multiples of 1/2
            deg2rad: degrees to radians
            rad2deg: radians to degrees
            """),
        ("Special functions", """
            erf: error function
            erfc: 1 - erf x without loss of digits
            erfcx: e^(x^2) erfc x
            erfinv: inverse of erf
            erfcinv: inverse of erfc
            ndtr: cumulative distribution of the standard normal
            ndtri: its inverse, the quantile
            log_ndtr: its logarithm without underflow
            gamma: gamma function; gamma(x + 1) is the factorial
            lgamma: logarithm of the magnitude of gamma
            digamma: derivative of lgamma
            polygamma: derivative of digamma of order n: polygamma(2, x)
            beta: beta function
            betaln: logarithm of the beta function
            zeta: zeta function of a whole number s, Hurwitz's with q
            bessel_i: modified Bessel function of the first kind of order n
            i0: modified Bessel function of order 0
            i1: modified Bessel function of order 1
            """),
        ("Rounding and signs", """
            abs: magnitude
            neg: -x
            sign: -1, 0 or 1
            copysign: magnitude of x with the sign of y
            floor: largest whole number not above x
            ceil: smallest whole number not below x
            round: nearest whole number, ties to even
            trunc: x without its fraction
            frac: the fraction of x, with its sign
            remainder: remainder with the sign of the divisor
            fmod: remainder with the sign of the dividend
            floor_divide: quotient rounded down
            heaviside: 0 below 0, 1 above, y at 0
            rect: 1 within (-1/2, 1/2), 1/2 at its ends, 0 outside
            """),
        ("Comparisons and choices", """
            where: x where the condition is true, y elsewhere
            cond: the same under another name
            piecewise: the value of the first true condition, otherwise the last operand
            maximum: the larger of two
            minimum: the smaller of two
            fmax: the larger of two, ignoring NaN
            fmin: the smaller of two, ignoring NaN
            clip: x limited to an interval
            equal: a == b
            not_equal: x != y
            less: a < b
            less_equal: a <= b
            greater: a > b
            greater_equal: a >= b
            logical_and: both are true
            logical_or: one is true
            logical_xor: exactly one is true
            logical_not: it is false
            isnan: it is NaN
            isinf: it is infinite
            isfinite: it is neither NaN nor infinite
            nan_to_num: x with NaN replaced
            """),
        ("Arithmetic by name", """
            add: a + b
            subtract: a - b
            multiply: a * b
            divide: a / b
            lerp: x + z (y - x)
            identity: x
            stop_gradient: x with derivative 0
            """),
        ("Activations", """
            sigmoid: 1 / (1 + e^-x)
            logsigmoid: logarithm of the sigmoid
            logit: inverse of the sigmoid
            relu: max(0, x)
            relu6: x limited to [0, 6]
            leaky_relu: x, or alpha x below 0
            prelu: x, or slope x below 0
            thresholded_relu: x above alpha, otherwise 0
            elu: x, or alpha (e^x - 1) below 0
            selu: elu scaled to keep mean and variance
            celu: elu with a continuous derivative
            gelu: x times the normal distribution at x; approximate='tanh' is the usual approximation
            swish: x sigmoid(alpha x)
            mish: x tanh(softplus x)
            softplus: log(1 + e^x)
            softsign: x / (1 + |x|)
            hard_sigmoid: alpha x + beta limited to [0, 1]
            hard_swish: x hard_sigmoid x
            hardtanh: x limited to [min_val, max_val]
            tanhshrink: x - tanh x
            softshrink: x moved towards 0 by lambd
            hardshrink: x outside [-lambd, lambd], otherwise 0
            shrink: ONNX's Shrink: x moved towards 0 by bias outside [-lambd, lambd]
            glu: first half times the sigmoid of the second half
            softmax: e^x over its sum along an axis
            log_softmax: logarithm of the softmax
            softmin: softmax of -x
            softmax2d: softmax over the third axis from the end
            hardmax: 1 at the largest element of an axis, otherwise 0
            """),
        ("Losses", """
            mse: mean squared difference
            mae: mean magnitude of the difference
            huber: quadratic up to delta, then linear
            smooth_l1_loss: huber divided by beta
            bce: binary cross-entropy of probabilities x and targets y
            bce_with_logits: binary cross-entropy of logits x and targets y
            cross_entropy: softmax cross-entropy of scores x and integer labels
            nll_loss: the same of log-probabilities
            kl_div: mean of y (log y - x) for log-probabilities x
            hinge: mean of max(0, 1 - x y)
            cosine_similarity: cosine of the angle between x and y along an axis
            """),
    ];
}
