using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Transformations;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Modes of differentiation and the shapes of derivatives; the engine's own Jacobians and tangents give all keys.</summary>
internal static class AutomaticDifferentiation
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("jacobian-passes", QuestionFormat.Numeric, "inputs=2..40 outputs=2..40", JacobianPasses),
        Row("jacobian-shape", QuestionFormat.MultipleChoice, "batch=2..6 inputs=2..6 outputs=2..6", JacobianShape),
        Row("directional-derivative", QuestionFormat.Numeric, "k=2..5 u=-3..3 v=-3..3 x=-4..4 y=-4..4", DirectionalDerivative),
    ];

    private static Drawn? JacobianPasses(TemplateDraw d)
    {
        (int n, int m) = (d.Int("inputs"), d.Int("outputs"));
        BoundGraph bound = Bound(d, "y = tanh(w @ x)", ("w", Shape.Of(m, n)), ("x", Shape.Of(n)));
        JacobianPanels jacobian = Jacobian.Of(bound.Builder, [bound.Output("y")], [bound.Values["x"]], JacobianMode.Auto);
        return Math.Abs(n - m) < 2 ? null : new Drawn
        {
            Figure = Figure("y = tanh(w @ x)"),
            Texts = Texts(("mode", jacobian.Mode == JacobianMode.Forward ? "forward" : "reverse"), ("answer", jacobian.Passes)),
            Number = Number(
                jacobian.Passes,
                null,
                (Math.Max(n, m), "The other mode needs fewer: forward mode takes one pass per input, reverse mode one per output."),
                (n * m, "A pass gives a whole column or row of the Jacobian, not one entry."),
                (n + m, "One of the two modes is enough."),
                (1, "One pass would do for one output (reverse) or one input (forward).")),
        };
    }

    private static Drawn? JacobianShape(TemplateDraw d)
    {
        (int s, int n, int m) = (d.Int("batch"), d.Int("inputs"), d.Int("outputs"));
        string wrt = d.Random.Pick("x", "w");
        BoundGraph bound = Bound(d, "y = x @ w", ("x", Shape.Of(s, n)), ("w", Shape.Of(n, m)));
        Node block = Jacobian.Block(bound.Builder, bound.Output("y"), bound.Values[wrt]);
        Shape of = bound.Values[wrt].Shape;
        return s == n || n == m || s == m ? null : new Drawn
        {
            Figure = Figure("y = x @ w"),
            Texts = Texts(("wrt", wrt), ("answer", Text(block.Shape.Dims)), ("gradient", Text(of.Dims))),
            Choices = Choices(
                d.Random,
                (Text(block.Shape.Dims), "One derivative per pair of an output and an input element: the shape of y, then that of the input."),
                (Text(of.Dims), "That is the shape of a gradient of a scalar; y is no scalar."),
                ($"[{s}, {m}]", "That is the shape of y itself."),
                (Text([.. of.Dims, .. bound.Output("y").Shape.Dims]), "Output axes come first, as rows do in a Jacobian."),
                ($"[{m}, {n}]", "That is the Jacobian of one row of y with respect to one row of x.")),
        };
    }

    private static Drawn? DirectionalDerivative(TemplateDraw d)
    {
        (double u, double v) = (d["u"], d["v"]);
        Figure figure = Figure($"f = x^2*y + {Shown.Factor(d["k"])}*y", ("x", d["x"]), ("y", d["y"]));
        ValueAndGradients at = d.At(figure);
        double answer = Tangent(d, figure, new Dictionary<string, double> { ["x"] = u, ["y"] = v });
        return u == 0 || v == 0 || answer == 0 || at.Of("x") == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("fx", at.Of("x")), ("fy", at.Of("y")), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (at.Of("x") + at.Of("y"), "The direction is missing: each derivative is multiplied by its component of v."),
                (at.Of("x") * u, "The second component of the direction contributes as well."),
                (at.Of("y") * v, "The first component of the direction contributes as well."),
                (answer / Math.Sqrt((u * u) + (v * v)), "A Jacobian-vector product does not normalise the direction.")),
        };
    }

    private static double Tangent(TemplateDraw d, Figure figure, Dictionary<string, double> direction)
    {
        BoundGraph bound = Bound(d, figure.Expression, [.. figure.Inputs.Keys.Select(name => (name, Shape.Scalar))]);
        GraphBuilder b = bound.Builder;
        Dictionary<Node, Node> tangents = bound.Graph.Inputs.ToDictionary(input => input, input => b.Scalar(direction[input.Name!], DType.Float64));
        var moving = new Graph(bound.Graph.Inputs, [new NamedNode("tangent", ForwardMode.Pushforward(b, bound.Graph, tangents)[0]!)]);
        var values = new Dictionary<Node, Tensor>();
        foreach (Node node in moving.Nodes)
        {
            values[node] = node.Name is { } name && figure.Inputs.TryGetValue(name, out double value)
                ? Tensor.Scalar(value)
                : d.Evaluator(node, Array.ConvertAll(node.Inputs, input => values[input]), CancellationToken.None);
        }

        return values[moving.Outputs[0].Node].Values<double>()[0];
    }

    private static BoundGraph Bound(TemplateDraw d, string formula, params (string Name, Shape Shape)[] inputs)
    {
        GraphDefinition read = d.Read(formula);
        GraphDefinition shaped = read with
        {
            Inputs = [.. read.Inputs.Select(input =>
                input with { Shape = [.. inputs.First(given => given.Name == input.Name).Shape.Dims.ToArray()
                .Select(size => new Dimension(size))] })],
        };
        var options = new BindingOptions { Evaluator = d.Evaluator, HasValues = false };
        return GraphBinder.Bind(TopologicalOrder.Of(shaped), InputBinder.Bind(shaped, new Dictionary<string, Literal>(), options), options);
    }

    private static string Text(ReadOnlySpan<int> dims) => $"[{string.Join(", ", dims.ToArray())}]";
}
