using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// One step of an optimizer, as ONNX's domain ai.onnx.preview.training defines it: R is the learning rate, T the number of previous steps; then
/// follow all parameters, all their gradients, and all of each state; the results are the updated parameters and states.
/// </summary>
internal static class OptimizerRows
{
    private const string Derivative = "by its definition, like any other arithmetic";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("Adagrad", "R:F' T:I inputs:F*", "decay_factor:float=0.0 epsilon:float=1e-06 norm_coefficient:float=0.0", "outputs*",
            Derivative, "10n + 3 for each parameter of n elements",
            c => Each(c, 1, Adagrad)),
        RowSyntax.Rows("Adam", "R:F' T:I inputs:F*",
            "alpha:float=0.9 beta:float=0.999 epsilon:float=1e-06 norm_coefficient:float=0.0 norm_coefficient_post:float=0.0", "outputs*", Derivative,
                "16n + 10 for each parameter of n elements",
            c => Each(c, 2, Adam)),
        RowSyntax.Rows("Momentum", "R:F' T:I inputs:F*", "alpha:float! beta:float! mode:string! norm_coefficient:float!", "outputs*", Derivative,
            "7n + 1 (nesterov: 9n + 1) for each parameter of n elements",
            c => Each(c, 1, Momentum)),
    ];

    private delegate Node[] Update(OperatorCall c, Node x, Node gradient, Node[] state);

    // The operands X1 X2 … G1 G2 … V1 V2 … and results in the same order.
    private static Node[] Each(OperatorCall c, int states, Update update)
    {
        int groups = states + 2;
        int given = c.Count - 2;
        if (given <= 0 || given % groups != 0 || c.Outputs > given / groups * (states + 1))
        {
            throw new InvalidOperandException($"{given} operands behind R and T and {c.Outputs} results: {groups} operands and {states + 1} " +
                $"results for each parameter are expected");
        }

        int count = given / groups;
        var results = new Node[count * (states + 1)];
        for (int i = 0; i < count; i++)
        {
            Node[] all = [.. Enumerable.Range(0, groups).Select(group => c[2 + (group * count) + i])];
            if (Array.Exists(all, node => !node.Shape.Equals(all[0].Shape)))
            {
                throw new InvalidOperandException($"a parameter of shape {all[0].Shape} has a gradient or state of another shape", 2 + i);
            }

            Node[] made = update(c, all[0], Regularized(c, all[0], all[1]), all[2..]);
            for (int k = 0; k < made.Length; k++)
            {
                results[(k * count) + i] = made[k];
            }
        }

        return results;
    }

    // G + norm_coefficient·X: the gradient of the loss plus ½·norm_coefficient·‖X‖².
    private static Node Regularized(OperatorCall c, Node x, Node gradient) => c.B.Add(c.B.Times(x, c.Number("norm_coefficient")), gradient);

    private static Node[] Adagrad(OperatorCall c, Node x, Node g, Node[] state)
    {
        GraphBuilder b = c.B;
        Node rate = b.Div(Rate(c, x), b.Plus(b.Times(Steps(c, x), c.Number("decay_factor")), 1));
        Node h = b.Add(state[0], b.Square(g));
        Node root = b.Plus(b.SafeSqrt(h), c.Number("epsilon"));
        return [b.Sub(x, b.Div(b.Mul(rate, g), root)), h];
    }

    // The bias correction √(1 − beta^T)/(1 − alpha^T) is that of Kingma and Ba, 2015, section 2; at T = 0 there is none.
    private static Node[] Adam(OperatorCall c, Node x, Node g, Node[] state)
    {
        GraphBuilder b = c.B;
        (double alpha, double beta) = (c.Number("alpha"), c.Number("beta"));
        Node v = b.Add(b.Times(state[0], alpha), b.Times(g, 1 - alpha));
        Node h = b.Add(b.Times(state[1], beta), b.Times(b.Square(g), 1 - beta));
        Node steps = Steps(c, x), one = b.Scalar(1, x.DType), started = b.Greater(steps, b.Scalar(0, x.DType));
        Node corrected = b.Div(b.Sqrt(OneLessPower(beta)), OneLessPower(alpha));
        Node rate = b.Mul(Rate(c, x), b.Where(started, corrected, one));
        Node moved = b.Sub(x, b.Mul(rate, b.Div(v, b.Plus(b.SafeSqrt(h), c.Number("epsilon")))));
        return [b.Times(moved, 1 - c.Number("norm_coefficient_post")), v, h];

        // 1 − f^T as −expm1(T·ln f): for f near 1 the difference would lose its digits.
        Node OneLessPower(double factor) => factor >= 0
            ? b.Neg(b.Expm1(b.Times(b.Where(started, steps, one), Math.Log(factor))))
            : throw new InvalidOperandException($"alpha and beta must not be negative, but one is {factor}");
    }

    private static Node[] Momentum(OperatorCall c, Node x, Node g, Node[] state)
    {
        GraphBuilder b = c.B;
        Node one = b.Scalar(1, x.DType);
        Node beta = b.Where(b.Greater(Steps(c, x), b.Scalar(0, x.DType)), b.Scalar(c.Number("beta"), x.DType), one);
        Node v = b.Add(b.Times(state[0], c.Number("alpha")), b.Mul(beta, g));
        Node step = c.Text("mode", "standard", "nesterov") == "standard" ? v : b.Add(g, b.Times(v, c.Number("alpha")));
        return [b.Sub(x, b.Mul(Rate(c, x), step)), v];
    }

    private static Node Rate(OperatorCall c, Node x) => Single(c, 0, x);

    private static Node Steps(OperatorCall c, Node x) => Single(c, 1, x);

    private static Node Single(OperatorCall c, int place, Node x) => c[place].Shape.Count == 1
        ? c.B.Reshape(c.B.Cast(c[place], x.DType), Shape.Scalar)
        : throw new InvalidOperandException($"{(place == 0 ? "R" : "T")} must be one number", place);
}
