using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>A network of equal layers, whose gradients are compared layer by layer.</summary>
/// <param name="Activation">The activation: <c>sigmoid</c>, <c>tanh</c>, <c>relu</c>, <c>gelu</c> or <c>identity</c>.</param>
/// <param name="Initialization">How weights are drawn: <c>xavier</c> or <c>he</c>, both normal.</param>
/// <param name="Residual">Whether the input of a layer is added to its output.</param>
/// <param name="Normalized">Whether the sums of a layer are normalised (layer normalisation) before the activation.</param>
internal sealed record DeepNetwork(string Activation, string Initialization, bool Residual, bool Normalized)
{
    /// <summary>The activations.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["sigmoid", "tanh", "relu", "gelu", "identity"];

    /// <summary>The initialisations.</summary>
    public static IReadOnlyList<string> Initializations { get; } = ["xavier", "he"];

    /// <summary>What the standard deviation of the weights is multiplied by.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>The element type.</summary>
    public DType DType { get; init; } = DType.Float64;

    /// <summary>Its name: <c>sigmoid, xavier</c>.</summary>
    public string Name => string.Join(", ",
        [Activation, Initialization, .. Residual ? ["residual"] : Absent, .. Normalized ? ["normalised"] : Absent,
            .. Gain == 1 ? Absent : [$"gain {Figures.Of(Gain)}"]]);

    private static string[] Absent => [];

    /// <summary>
    /// The 2-norms of the gradients with respect to the weights of each layer, the first one first. The loss is a fixed random direction times the
    /// output, so that what arrives at the last layer has size 1.
    /// </summary>
    public double[] GradientNorms(ExperimentRun run, int depth, int width, int examples)
    {
        SeededGenerator random = run.Generator("network");
        var graph = new GraphSketch();
        string h = graph.Input("x", Tensors.Normal(random, DType, 1, examples, width));
        string direction = graph.Input("direction", Tensors.Normal(random, DType, 1 / Math.Sqrt(examples * width), examples, width));
        string scale = graph.Input("scale", Tensor.Filled(new TensorType(DType, Shape.Of(width)), 1));
        string[] weights = [.. Enumerable.Range(1, depth).Select(layer =>
            graph.Input($"w{layer}", Tensors.Normal(random, DType, Gain * Deviation(width), width, width)))];
        foreach (string w in weights)
        {
            string sum = graph.Add("MatMul", h, w);
            string activated = Activated(graph, Normalized ? graph.Add("LayerNormalization", sum, scale) : sum);
            h = Residual ? graph.Add("Add", h, activated) : activated;
        }

        var function = new GradientFunction(run, graph, graph.Sum("loss", graph.Add("Mul", h, direction)), weights, 1);
        function.Evaluate();
        return [.. weights.Select(function.NormOf)];
    }

    private string Activated(GraphSketch graph, string sum) => Activation switch
    {
        "sigmoid" => graph.Add("Sigmoid", sum),
        "tanh" => graph.Add("Tanh", sum),
        "relu" => graph.Add("Relu", sum),
        "gelu" => graph.Add("Gelu", sum),
        _ => sum,
    };

    // Fan-in and fan-out are the width.
    private double Deviation(int width) => Initialization == "he" ? Math.Sqrt(2.0 / width) : Math.Sqrt(1.0 / width);
}
