using System.Text;
using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compare.Cases;

/// <summary>Savings and cost of recomputation in a deep network.</summary>
internal static class CheckpointedMlp
{
    private const int Layers = 64;
    private const int Width = 256;
    private const int Rows = 256;

    public static IEnumerable<Case> All =>
    [
        new Case("64-layer MLP, checkpointing sqrt: measured peak activation bytes relative to none", Target.AtMost(0.35), Memory),
        new Case("64-layer MLP, checkpointing sqrt: time relative to none", Target.AtMost(1.4), Time),
    ];

    private static Comparison Time(BenchmarkContext context) => new(Baseline.Ours(Ready(context, new CheckpointStrategy.Sqrt())), Everything(context)) { Score = (sqrt, none) => sqrt / none };

    // The results are the same for every strategy: the comparison is of working memory.
    private static Comparison Memory(BenchmarkContext context)
    {
        Func<Execution> run = Ready(context, new CheckpointStrategy.Sqrt());
        double sqrt = ActivationBytes(run);
        double none = ActivationBytes(Ready(context, new CheckpointStrategy.None()));
        return new Comparison(Baseline.Ours(run), Everything(context)) { Score = (_, _) => sqrt / none, Note = $"{sqrt:#,0} bytes against {none:#,0}" };
    }

    private static Candidate Everything(BenchmarkContext context) => Baseline.Ours(Ready(context, new CheckpointStrategy.None())) with { Name = "checkpointing none" };

    private static double ActivationBytes(Func<Execution> run)
    {
        Execution execution = run();
        return execution.MeasuredPeakBytes!.Value - execution.Query.Checkpointing!.ResultBytes;
    }

    private static Func<Execution> Ready(BenchmarkContext context, CheckpointStrategy strategy)
    {
        (string text, Dictionary<string, Tensor> inputs) = Chain();
        return context.Engine.Ready(LocalEngine.Parse(text), inputs, Queries.Gradient(null, null, null, null, strategy));
    }

    /// <summary>The graph and its values.</summary>
    public static (string Text, Dictionary<string, Tensor> Inputs) Chain()
    {
        var text = new StringBuilder();
        var inputs = new Dictionary<string, Tensor> { ["h"] = Values.Normal(DType.Float32, 0, 1, Rows, Width) };
        for (int i = 0; i < Layers; i++)
        {
            text.AppendLine($"h{i} = tanh({(i == 0 ? "h" : $"h{i - 1}")} @ w{i} + b{i})");
            inputs[$"w{i}"] = Values.Normal(DType.Float32, i, 1 / Math.Sqrt(Width), Width, Width);
            inputs[$"b{i}"] = Values.Normal(DType.Float32, i, 0.1, Width);
        }

        text.AppendLine($"L = sum(h{Layers - 1}^2)");
        return (text.ToString(), inputs);
    }
}
