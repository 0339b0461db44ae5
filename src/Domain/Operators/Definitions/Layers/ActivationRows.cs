using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>
/// Activations, defined by selections whose branches stay finite where they are not taken: a branch that overflowed would turn its zero cotangent
/// into NaN. At kinks the choice of side follows PyTorch.
/// </summary>
internal static class ActivationRows
{
    private const double SeluAlpha = 1.67326319217681884765625;
    private const double SeluGamma = 1.05070102214813232421875;

    private const string ZeroPrecision = "near a zero of the value or of the derivative, where terms cancel, 4 ulp of these terms";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Relu", "x:N", "", "1 where x > 0, else 0", "n", c => c.B.Where(c.B.LessOrEqual(c.X, Zero(c)), Zero(c), c.X)),
        Row("LeakyRelu", "x:F", "alpha:float=0.01", "1 where x > 0, else alpha", "2n", c => Leaky(c, c.B.Scalar(c.Number("alpha"), c.X.DType))),
        Row("PRelu", "x:F slope:F", "", "x: 1 where x > 0, else slope; slope: x where x ≤ 0", "2n", PRelu),
        Row("ThresholdedRelu", "x:F", "alpha:float=1.0", "1 where x > alpha, else 0", "n",
            c => c.B.Where(c.B.LessOrEqual(c.X, c.B.Scalar(c.Number("alpha"), c.X.DType)), Zero(c), c.X)),
        Row("Elu", "x:F", "alpha:float=1.0", "1 where x > 0, else alpha·exp(x)", "3n", c => Exponential(c, c.Number("alpha"), 1, 1)),
        Row("Celu", "x:F", "alpha:float=1.0", "1 where x > 0, else exp(x/alpha)", "4n (alpha = 1: 3n)", c =>
            Exponential(c, c.Number("alpha"), c.Number("alpha"), 1)),
        Row("Selu", "x:F", $"alpha:float={SeluAlpha} gamma:float={SeluGamma}", "gamma where x > 0, else gamma·alpha·exp(x)", "4n",
            c => Exponential(c, c.Number("alpha"), 1, c.Number("gamma"))),
        Row("Sigmoid", "x:F", "", "sigmoid(x)·sigmoid(-x)", "n", c => c.B.Sigmoid(c.X))
            .Within("float32: derivative 4 ulp, from the product of two rounded sigmoids"),
        Row("Softplus", "x:F", "", "sigmoid(x)", "n", c => c.B.Softplus(c.X)),
        Row("Softsign", "x:F", "", "1/(1+|x|)²", "8n", Softsign),
        Row("Swish", "x:F", "alpha:float=1.0", "s + alpha·x·s·(1-s) with s = sigmoid(alpha·x)", "3n",
            c => c.B.Mul(c.X, c.B.Sigmoid(c.B.Times(c.X, c.Number("alpha"))))).Within(ZeroPrecision),
        Row("Mish", "x:F", "", "t + x·(1-t²)·sigmoid(x) with t = tanh(softplus(x))", "3n", c => c.B.Mul(c.X, c.B.Tanh(c.B.Softplus(c.X))))
            .Within(ZeroPrecision),
        Row("Gelu", "x:F", "approximate:string=none", "Φ(x) + x·φ(x)", "4n (tanh form: 8n)", Gelu)
            .Within("relative error up to (4 + 2x²) ulp, from the rounding of x² in an exponential or of the argument of the tanh form; near the " +
            "zero of the derivative relative to its terms"),
        Row("HardSigmoid", "x:F", "alpha:float=0.2 beta:float=0.5", "alpha where 0 < alpha·x+beta < 1, else 0", "4n", HardSigmoid)
            .Within(ZeroPrecision),
        Row("HardSwish", "x:F", "", "0 where x < -3, (2x+3)/6 up to 3, then 1", "5n", HardSwish).Within(ZeroPrecision),
        Row("Shrink", "x:F", "lambd:float=0.5 bias:float=0.0", "1 where |x| > lambd, else 0", "4n", Shrink),
    ];

    private static Node Zero(OperatorCall c) => c.B.Scalar(0, c.X.DType);

    private static Node Leaky(OperatorCall c, Node slope) => c.B.Where(c.B.Greater(c.X, Zero(c)), c.X, c.B.Mul(slope, c.X));

    private static Node PRelu(OperatorCall c) => Shape.Broadcast(c.X.Shape, c[1].Shape)?.Equals(c.X.Shape) == true
        ? Leaky(c, c[1])
        : throw new InvalidOperandException($"the slope of shape {c[1].Shape} does not broadcast to {c.X.Shape}", 1);

    // gamma·x above zero, gamma·alpha·(e^(x/width) − 1) below; the exponential never receives a positive x.
    private static Node Exponential(OperatorCall c, double alpha, double width, double gamma)
    {
        GraphBuilder b = c.B;
        Node positive = b.Greater(c.X, Zero(c));
        Node below = b.Where(positive, Zero(c), c.X);
        Node scaled = width == 1 ? below : b.Div(below, b.Scalar(width, c.X.DType));
        Node y = b.Where(positive, c.X, b.Times(b.Expm1(scaled), alpha));
        return gamma == 1 ? y : b.Times(y, gamma);
    }

    // x/(1+|x|) up to 1, beyond it ±(1 − 1/(1+|x|)), so that nothing cancels in the value or its derivatives.
    private static Node Softsign(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node magnitude = b.Abs(c.X);
        Node denominator = b.Plus(magnitude, 1);
        Node large = b.Mul(b.Sign(c.X), b.Sub(b.Scalar(1, c.X.DType), b.Reciprocal(denominator)));
        return b.Where(b.Less(magnitude, b.Scalar(1, c.X.DType)), b.Div(c.X, denominator), large);
    }

    // ½·erfc(−x/√2) is Φ(x) without the cancellation of 1 + erf for negative x.
    private static Node Gelu(OperatorCall c)
    {
        GraphBuilder b = c.B;
        if (c.Text("approximate", "none", "tanh") == "none")
        {
            Node tail = b.Unary(Elementwise.ErfcOp, b.Times(c.X, -Math.Sqrt(0.5)));
            return b.Mul(c.X, b.Times(tail, 0.5));
        }

        // Long before x is 100, the sigmoid is 0 or 1: a square that overflowed would be multiplied by the zero of its derivative.
        Node square = b.Min(b.Square(c.X), b.Scalar(1e4, c.X.DType));
        Node cubic = b.Mul(b.Times(square, 0.044715), c.X);

        // ½·(1 + tanh u) = σ(2u), which keeps its digits if tanh u is near −1.
        return b.Mul(c.X, b.Sigmoid(b.Times(b.Add(c.X, cubic), 2 * Math.Sqrt(2 / Math.PI))));
    }

    private static Node HardSigmoid(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node line = b.Plus(b.Times(c.X, c.Number("alpha")), c.Number("beta"));
        Node one = b.Scalar(1, c.X.DType);
        return b.Where(b.LessOrEqual(line, Zero(c)), Zero(c), b.Where(b.GreaterOrEqual(line, one), one, line));
    }

    private static Node HardSwish(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node parabola = b.Div(b.Mul(c.X, b.Plus(c.X, 3)), b.Scalar(6, c.X.DType));
        Node middle = b.Where(b.LessOrEqual(c.X, b.Scalar(3, c.X.DType)), parabola, c.X);
        return b.Where(b.Less(c.X, b.Scalar(-3, c.X.DType)), Zero(c), middle);
    }

    private static Node Shrink(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (double lambda, double bias) = (c.Number("lambd"), c.Number("bias"));
        Node upper = b.Where(b.Greater(c.X, b.Scalar(lambda, c.X.DType)), b.Plus(c.X, -bias), Zero(c));
        return b.Where(b.Less(c.X, b.Scalar(-lambda, c.X.DType)), b.Plus(c.X, bias), upper);
    }
}
