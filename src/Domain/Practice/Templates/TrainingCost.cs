using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Transformations;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Floating-point operations and time. An operation is an addition or a multiplication: a multiply-accumulate is two.</summary>
internal static class TrainingCost
{
    private const string Widths = "k=64..4096/64 m=32..2048/32 n=64..4096/64";

    public static readonly QuestionTemplate[] Rows =
    [
        Row("product-flops", QuestionFormat.Numeric, Widths, ProductFlops),
        Row("product-backward-flops", QuestionFormat.Numeric, Widths, ProductBackwardFlops),
        Row("attention-flops", QuestionFormat.Numeric, "h=512..8192/512 s=512,1024,2048,4096,8192", AttentionFlops),
        Row("training-flops", QuestionFormat.Numeric, "n=125e6,350e6,1.3e9,2.7e9,6.7e9,13e9,70e9,175e9 tokens=10e9,20e9,100e9,300e9,1e12,1.4e12,2e12",
            TrainingFlops),
        Row("training-days", QuestionFormat.Numeric,
            "devices=8,64,256,512,1024,2048 n=1.3e9,7e9,13e9,30e9,70e9 tokens=100e9,300e9,1e12,2e12 utilisation=0.3..0.5/0.05", TrainingDays),
        Row("model-utilisation", QuestionFormat.Numeric, "devices=8..64/8 n=1.3e9,2.7e9,7e9,13e9 rate=1500..4500/250", ModelUtilisation),
        Row("backward-ratio", QuestionFormat.Numeric, "backward=80..240/20 factor=1.5..4/0.5 forward=40..120/20", BackwardRatio),
        Row("arithmetic-intensity", QuestionFormat.Numeric, "bytes=2,4 k=64..4096/64 m=1..2048 n=64..4096/64", ArithmeticIntensity),
    ];

    private static Drawn ProductFlops(TemplateDraw d)
    {
        double answer = Flops(Product(d).Graph);
        return new Drawn
        {
            Texts = Texts(("answer", answer)),
            Number = Number(
                answer,
                "FLOPs",
                (answer / 2, "Those are multiply-accumulates: each is a multiplication and an addition."),
                (2 * d["m"] * d["n"], "Each of the m·n results is a sum of k products."),
                (3 * answer, "That is a training step; only the product is asked for."),
                (answer * d["m"], "Each of m·n results takes k multiply-accumulates.")),
        };
    }

    private static Drawn ProductBackwardFlops(TemplateDraw d)
    {
        BoundGraph bound = Product(d);
        Node y = bound.Output("y");
        GraphBuilder b = bound.Builder;
        Node seed = b.Input("seed", y.Type);
        Node?[] gradients = ReverseMode.Pullback(b, bound.Graph.Nodes, new Dictionary<Node, Node> { [y] = seed }, bound.Graph.Inputs);
        double answer = Flops(new Graph([.. bound.Graph.Inputs, seed], [.. gradients.Select((g, i) => new NamedNode($"d{i}", g!))]));
        return new Drawn
        {
            Texts = Texts(("forward", Flops(bound.Graph)), ("answer", answer)),
            Number = Number(
                answer,
                "FLOPs",
                (answer / 2, "That is one of the two products: the gradient of x and that of w each take one."),
                (answer / 4, "A multiply-accumulate is two operations, and two products are needed."),
                (answer * 1.5, "That counts the forward product too."),
                (answer * 2, "Each of the two products costs as much as the forward one.")),
        };
    }

    private static BoundGraph Product(TemplateDraw d)
    {
        var graph = d.Read("y = x @ w");
        GraphDefinition shaped = graph with
        {
            Inputs = [new InputDefinition("x", DType.Float64, [new(d.Int("m")), new(d.Int("k"))]),
                new InputDefinition("w", DType.Float64, [new(d.Int("k")), new(d.Int("n"))])],
        };
        var options = new BindingOptions { Evaluator = d.Evaluator, HasValues = false };
        return GraphBinder.Bind(TopologicalOrder.Of(shaped), InputBinder.Bind(shaped, new Dictionary<string, Literal>(), options), options);
    }

    private static double Flops(Graph graph) => graph.Nodes.Sum(node => (double)node.Op.Flops(node));

    // QK^T and AV, 2·s²·h each with full attention (Chowdhery et al.: PaLM, 2022, appendix B: 12LHQT for training, a third of it forward).
    private static Drawn AttentionFlops(TemplateDraw d)
    {
        (double h, double s) = (d["h"], d["s"]);
        return new Drawn
        {
            Texts = Texts(("one", 2 * s * s * h), ("answer", 4 * s * s * h), ("projections", 8 * s * h * h)),
            Number = Number(
                4 * s * s * h,
                "FLOPs",
                (2 * s * s * h, "There are two products, QKᵀ and AV; or each multiply-accumulate was counted once."),
                (8 * s * h * h, "Those are the four projections, which do not grow with s²."),
                (4 * s * h, "Every position looks at every other one: s², not s."),
                (12 * s * s * h, "That is training: forward and backward together.")),
        };
    }

    // Kaplan et al.: Scaling Laws for Neural Language Models, 2020, section 2.1: C ≈ 6ND.
    private static Drawn TrainingFlops(TemplateDraw d)
    {
        (double n, double tokens) = (d["n"], d["tokens"]);
        return new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("words", Shown.Count(tokens)), ("answer", 6 * n * tokens)),
            Number = Number(
                6 * n * tokens,
                "FLOPs",
                (2 * n * tokens, "That is only the forward pass."),
                (4 * n * tokens, "That is only the backward pass."),
                (3 * n * tokens, "Those are multiply-accumulates: each is two operations."),
                (n * tokens, "Each parameter takes part in 2 operations forward and 4 backward."),
                (8 * n * tokens, "That recomputes every activation: it is what the hardware does with full checkpointing.")),
        };
    }

    // Weights, gradients and states of mixed-precision Adam, 16 bytes per parameter, must fit on the devices of 80 GB.
    private static Drawn? TrainingDays(TemplateDraw d)
    {
        (double n, double tokens, double devices, double utilisation) = (d["n"], d["tokens"], d["devices"], d["utilisation"]);
        const double Peak = 312e12; // A100, bf16, dense: NVIDIA's data sheet.
        double seconds = 6 * n * tokens / (devices * Peak * utilisation);
        return 16 * n > devices * 80e9 ? null : new Drawn
        {
            Texts = Texts(
                ("parameters", Shown.Count(n)), ("words", Shown.Count(tokens)), ("percent", 100 * utilisation), ("flops", 6 * n * tokens),
                ("speed", devices * Peak * utilisation), ("answer", seconds / 86400)),
            Number = Number(
                seconds,
                "s",
                (seconds * utilisation, "That assumes that the devices run at their peak."),
                (seconds / 3, "That is only the forward pass: training takes 6ND."),
                (seconds * devices, "The devices share the work."),
                (seconds / 24, "Look at the conversion of seconds to days."),
                (seconds / 2, "624 TFLOP/s is the sheet's figure for 2:4 sparse matrices; dense ones run at 312.")),
        };
    }

    private static Drawn? ModelUtilisation(TemplateDraw d)
    {
        (double n, double devices, double rate) = (d["n"], d["devices"], d["rate"]);
        const double Peak = 312e12;
        double answer = 6 * n * rate / Peak;
        return answer is < 0.15 or > 0.65 ? null : new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("total", rate * devices), ("tera", 6 * n * rate / 1e12), ("answer", answer),
                ("percent", 100 * answer)),
            Number = Number(
                answer,
                null,
                (answer / 3, "Training takes 6N operations per token, of which the backward pass is two thirds."),
                (answer * 4 / 3, "Recomputed operations count for hardware utilisation, not for model utilisation."),
                (answer / devices, "The rate of all devices is divided by the peak of all devices."),
                (answer / 2, "312 TFLOP/s is the dense peak; twice that is for 2:4 sparse matrices.")),
        };
    }

    private static Drawn? BackwardRatio(TemplateDraw d)
    {
        (double forward, double backward, double factor) = (d["forward"], d["backward"], d["factor"]);
        double answer = backward / (forward / factor);
        return backward <= forward ? null : new Drawn
        {
            Texts = Texts(("before", backward / forward), ("faster", forward / factor),
                ("step", (forward + backward) / ((forward / factor) + backward)), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (backward / forward, "That is the ratio before: the backward pass is as slow as it was, the forward pass is not."),
                (backward / forward / factor, "The forward pass stands below the line: the ratio grows."),
                ((forward + backward) / ((forward / factor) + backward), "That is how much faster the whole step has become."),
                (factor, "That is how much faster the forward pass has become.")),
        };
    }

    // Williams, Waterman, Patterson: Roofline, CACM 52, 2009: the ratio of operations to bytes moved, each matrix moved once.
    private static Drawn? ArithmeticIntensity(TemplateDraw d)
    {
        (double m, double k, double n, double size) = (d["m"], d["k"], d["n"], d["bytes"]);
        double flops = 2 * m * k * n;
        double bytes = size * ((m * k) + (k * n) + (m * n));

        // An A100 of 40 GB: NVIDIA's white paper.
        (string format, double peak) = size == 2 ? ("bf16", 312) : ("fp32", 19.5);
        double ridge = peak / 1.555;
        return Math.Abs((flops / bytes / ridge) - 1) < 0.05 ? null : new Drawn
        {
            Texts = Texts(
                ("flops", flops), ("moved", bytes), ("answer", flops / bytes), ("format", format), ("peak", peak),
                ("ridge", Shown.Significant(ridge, 3)), ("bound", flops / bytes < ridge ? "memory" : "compute")),
            Number = Number(
                flops / bytes,
                "FLOP/B",
                (flops / bytes * size, "That is per element moved; FLOPs per byte are asked for."),
                (flops / bytes / 2, "A multiply-accumulate is two operations."),
                (flops / (size * ((m * k) + (k * n))), "The result is written as well."),
                (flops / (size * m * n), "The two factors are read as well.")),
        };
    }
}
