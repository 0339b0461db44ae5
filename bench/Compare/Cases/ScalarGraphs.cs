using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Compare.Peers;
using Backprop.Compute.Engine;

namespace Backprop.Compare.Cases;

/// <summary>A million operations on numbers.</summary>
internal static class ScalarGraphs
{
    private const int Operations = 1_000_000;

    private static readonly Lazy<ScalarGraph> Cycle = new(() => ScalarGraph.Cycle(Operations));
    private static readonly Lazy<ScalarGraph> Random = new(() => ScalarGraph.Random(Operations));
    private static readonly Dictionary<(ScalarGraph, string), Func<Execution>> Runs = [];

    public static IEnumerable<Case> All =>
    [
        new Case("scalar graph of 1M mixed operations, a cycle, value and gradient", Target.AtLeast(2), context => AgainstAdolc(context, Cycle.Value)),
        new Case("scalar graph of 1M mixed operations, random, value and gradient", Target.AtLeast(2), context => AgainstAdolc(context, Random.Value)),
        new Case("the cycle: time of value and gradient relative to the value", Target.AtMost(2.5), context => AgainstValue(context, Cycle.Value)),
        new Case("the random graph: time of value and gradient relative to the value", Target.AtMost(2.5), context => AgainstValue(context, Random.Value)),
    ];

    private static Comparison AgainstAdolc(BenchmarkContext context, ScalarGraph graph)
    {
        Func<Execution> run = Ready(context.Engine, graph, Gradient);
        Candidate ours = Baseline.Ours(run);
        try
        {
            AdolcPeer peer = context.Adolc;
            Execution execution = run();
            Agreement.Require([execution[ResultKey.Value], .. graph.InputNames.Select(name => execution[ResultKey.Gradient(name)])], peer.Answer(graph));
            return new Comparison(ours, peer.Candidate(graph));
        }
        catch (MissingException missing)
        {
            return new Comparison(ours, null) { Note = missing.Message };
        }
    }

    private static Comparison AgainstValue(BenchmarkContext context, ScalarGraph graph) => new(
        Baseline.Ours(Ready(context.Engine, graph, Gradient)), Baseline.Ours(Ready(context.Engine, graph, Queries.Evaluation())) with { Name = "value only" })
    {
        Score = (gradient, value) => gradient / value,
    };

    /// <summary>With respect to all inputs.</summary>
    public static DerivativeQuery Gradient => Queries.Gradient(null, null, null, null);

    // Kept, since the engine does not cache a plan of a million operations.
    private static Func<Execution> Ready(LocalEngine engine, ScalarGraph graph, DerivativeQuery question)
    {
        if (!Runs.TryGetValue((graph, question.Key), out Func<Execution>? run))
        {
            Runs[(graph, question.Key)] = run = engine.Ready(graph.Definition(), graph.Values(), question);
        }

        return run;
    }
}
