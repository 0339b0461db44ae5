using System.Diagnostics;
using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Compute.Differences;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>The service's estimate for finite differences, compared with a thousand of them, extrapolated by a factor of a hundred.</summary>
internal static class FiniteDifferences
{
    private const int Runs = 1000;
    private const int Times = 100;

    public static IEnumerable<Case> All =>
    [
        new Case("finite differences of a 100k-parameter MLP: extrapolated from a sample, off by", Target.AtMost(0.15, "%"), Prepared),
    ];

    private static Comparison Prepared(BenchmarkContext context)
    {
        Problem mlp = Networks.Mlp(32, 196, 384, 64, 10);
        ComputationRequest submission = LocalEngine.ComputationRequest(LocalEngine.Parse(mlp.Expression), mlp.Inputs);
        DerivativeEngine engine = context.Engine.Inner;
        long elements = mlp.Wrt!.Sum(name => (long)mlp.Inputs[name].Count);
        return new Comparison(
            new Candidate("ours", _ => Extrapolated(engine, submission, mlp.Wrt!)),
            new Candidate("1,000 runs × 100", _ => Really(engine, submission, mlp)))
        {
            // Both report as many evaluations as the others ran.
            Score = (ours, really) => Math.Abs((ours / really ?? 0) - 1),
            Seconds = 0.1,
            Note = $"{elements:#,0} parameters",
        };
    }

    private static double Extrapolated(DerivativeEngine engine, ComputationRequest submission, IReadOnlyList<string> wrt)
    {
        var request = new DifferenceRunRequest(wrt, null, DifferenceScheme.Forward, Runs, TimeSpan.FromSeconds(1));
        return new DifferenceRun(engine).Run(submission, request, CancellationToken.None).Evaluations.Mean * Runs * Times * 1000;
    }

    // By hand: the first thousand weights, one after another.
    private static double Really(DerivativeEngine engine, ComputationRequest submission, Problem mlp)
    {
        (CompiledQuery value, Tensor[] inputs, _) = engine.Prepare(submission, Queries.Value("L"), CancellationToken.None);
        int place = submission.Definition.Inputs.Index().First(input => input.Item.Name == "w1").Index;
        float[] weights = mlp.Inputs["w1"].Values<float>().ToArray();
        inputs[place] = Tensor.Of(weights, mlp.Inputs["w1"].Shape);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Runs; i++)
        {
            float weight = weights[i];
            weights[i] += 1e-3f;
            engine.Execute(value, inputs, CancellationToken.None);
            weights[i] = weight;
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds * Times;
    }
}
