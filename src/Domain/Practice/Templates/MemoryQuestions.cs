using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Transformations.Checkpointing;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Memory of training, and the effect of checkpointing on it.</summary>
internal static class MemoryQuestions
{
    private const string Sizes = "n=125e6,355e6,774e6,1.3e9,1.5e9,2.7e9,6.7e9,7e9,8e9,13e9,30e9,70e9";

    public static readonly QuestionTemplate[] Rows =
    [
        Row("checkpoint-memory", QuestionFormat.Numeric, "boundaries=2..12 layers=12..96", CheckpointMemory),
        Row("fewest-activations", QuestionFormat.Numeric, "layers=12..144", FewestActivations),
        Row("revolve-steps", QuestionFormat.Numeric, "slots=2..8 steps=8..100", RevolveSteps),
        Row("recompute-share", QuestionFormat.Numeric, "ratio=1.2..3/0.1", RecomputeShare),
        Row("adam-memory", QuestionFormat.Numeric, Sizes, AdamMemory),
        Row("zero-memory", QuestionFormat.Numeric, Sizes + " devices=4,8,16,32,64 stage=1..3", ZeroMemory),
        Row("activation-memory", QuestionFormat.Numeric, "b=1..8 h=1024,2048,2560,4096,5120,8192 heads=16,32,40,64 s=512,1024,2048,4096",
            ActivationMemory),
    ];

    private static Drawn? CheckpointMemory(TemplateDraw d)
    {
        (int n, int k) = (d.Int("layers"), d.Int("boundaries"));
        int segment = (n + k - 1) / k;
        return segment < 2 ? null : new Drawn
        {
            Texts = Texts(("segment", segment), ("answer", k + segment), ("saving", (double)n / (k + segment))),
            Number = Number(
                k + segment,
                null,
                (n, "That is what is held without checkpointing."),
                (segment, "The checkpoints are held as well, all the time."),
                (k + ((n + k) / (k + 1)), "The input of the first segment is one of the checkpoints: there are as many segments as checkpoints."),
                (k, "While a segment is recomputed, its layers are held too."),
                (k + n, "Only one segment is held at a time."),
                (k * segment, "One segment at a time is held beside the checkpoints: the two add up.")),
        };
    }

    private static Drawn FewestActivations(TemplateDraw d)
    {
        int n = d.Int("layers");
        int[] held = [.. Enumerable.Range(1, n).Select(k => k + ((n + k - 1) / k))];
        int best = held.Min();
        int from = Array.IndexOf(held, best) + 1;
        return new Drawn
        {
            Texts = Texts(("from", from), ("to", Array.LastIndexOf(held, best) + 1), ("root", 2 * Math.Sqrt(n)), ("answer", best)),
            Number = Number(
                best,
                null,
                (Math.Ceiling(Math.Sqrt(n)), "That is the number of segments; the layers of one segment are held beside the checkpoints."),
                (n, "That is what is held without checkpointing."),
                (n / 2, "Two segments are far from the best."),
                (Math.Ceiling(Math.Log2(n)), "Log n takes nested checkpoints, and more than one more forward pass.")),
        };
    }

    // Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000.
    private static Drawn? RevolveSteps(TemplateDraw d)
    {
        (int steps, int slots) = (d.Int("steps"), d.Int("slots"));
        long answer = BinomialSchedule.Advances(steps, slots);
        long repetitions = BinomialSchedule.Repetitions(steps, slots);
        return slots >= steps - 1 ? null : new Drawn
        {
            Texts = Texts(
                ("repetitions", repetitions), ("capacity", BinomialSchedule.Capacity(slots, repetitions, long.MaxValue / 2)),
                ("saved", (repetitions * steps) - answer), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (steps * (steps - 1) / 2, "That starts again from the beginning for each step, with one slot."),
                (repetitions * steps, "That is r·l; the steps that are repeated less often, C(s + r, s + 1), are taken off."),
                (steps - 1, "That would take a slot for every step."),
                (2 * steps, "With few slots more than one more forward run is needed.")),
        };
    }

    private static Drawn RecomputeShare(TemplateDraw d)
    {
        double ratio = d["ratio"];
        return new Drawn
        {
            Texts = Texts(("answer", 1 / (1 + ratio)), ("percent", 100 / (1 + ratio)), ("total", 1 + ratio)),
            Number = Number(
                1 / (1 + ratio),
                null,
                (1 / ratio, "The step is the forward and the backward pass together."),
                (1, "One more forward pass is not a second step."),
                (1 / (2 + ratio), "The fraction is of the step without recomputation."),
                (ratio / (1 + ratio), "It is the forward pass that is recomputed, not the backward one.")),
        };
    }

    // Rajbhandari et al.: ZeRO, SC 2020, section 3.1: 2 + 2 + 12 bytes per parameter.
    private static Drawn AdamMemory(TemplateDraw d)
    {
        double n = d["n"];
        return new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("answer", 16 * n / 1e9), ("weights", 2 * n / 1e9), ("states", 12 * n / 1e9)),
            Number = Number(
                16 * n,
                "B",
                (2 * n, "Those are only the bf16 weights."),
                (4 * n, "Those are the bf16 weights and gradients; the fp32 master weights and Adam's two moments are 12 bytes more."),
                (12 * n, "Those are only the optimiser states: bf16 weights and gradients are 4 bytes more."),
                (8 * n, "The moments are kept in fp32, and a master copy of the weights too."),
                (16 * n * 1.073741824, "That takes GB for GiB.")),
        };
    }

    // The same, table 1: 4 + 12/N, 2 + 14/N and 16/N bytes per parameter; what fits on a device of 80 GB beside activations.
    private static Drawn? ZeroMemory(TemplateDraw d)
    {
        (double n, double devices, int stage) = (d["n"], d["devices"], d.Int("stage"));
        double[] bytes = [16, 4 + (12 / devices), 2 + (14 / devices), 16 / devices];
        return bytes[stage] * n > 70e9 ? null : new Drawn
        {
            Texts = Texts(
                ("parameters", Shown.Count(n)), ("answer", bytes[stage] * n / 1e9), ("each", bytes[stage]),
                ("law", new[] { "", "4 + 12/N", "2 + 14/N", "16/N" }[stage]),
                    ("shared", new[] { "", "the optimiser states", "the optimiser states and the gradients",
                    "the optimiser states, the gradients and the weights" }[stage])),
            Number = Number(
                bytes[stage] * n,
                "B",
                (16 * n, "That is plain data parallelism: every device holds everything."),
                (bytes[stage == 3 ? 2 : 3] * n, stage == 3 ? "Stage 3 partitions the weights as well."
                    : "Only stage 3 partitions the weights as well."),
                (bytes[stage == 1 ? 2 : 1] * n, stage == 1 ? "Stage 1 leaves the gradients whole."
                    : "Stage 1 partitions only the optimiser states."),
                (12 * n / devices, "What is not partitioned is held by every device.")),
        };
    }

    // Korthikanti et al.: Reducing Activation Recomputation in Large Transformer Models, 2022, equation 1: sbh(34 + 5as/h) bytes.
    private static Drawn? ActivationMemory(TemplateDraw d)
    {
        (double b, double h, double a, double s) = (d["b"], d["h"], d["heads"], d["s"]);
        double answer = s * b * h * (34 + (5 * a * s / h));
        return h % a != 0 || h / a is < 64 or > 256 ? null : new Drawn
        {
            Texts = Texts(("scores", 5 * a * s / h), ("sbh", s * b * h), ("answer", answer / 1e9), ("flash", 34 * s * b * h / 1e9)),
            Number = Number(
                answer,
                "B",
                (34 * s * b * h, "That leaves out the attention scores, 5as/h: it is what selective recomputation keeps."),
                (2 * s * b * h, "That is full recomputation: only the layer's input is kept."),
                (5 * a * s * s * b, "Those are only the attention scores."),
                (answer / 2, "The formula counts bytes already: most values are of two bytes.")),
        };
    }
}
