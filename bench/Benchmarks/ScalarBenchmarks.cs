using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Graphs of numbers: small and large, at one point and at many.</summary>
[MemoryDiagnoser]
public class ScalarBenchmarks
{
    private Func<Execution> seed = null!;
    private Func<Execution> search = null!;
    private Func<Execution> batch = null!;
    private Func<Execution> cycle = null!;
    private Func<Execution> random = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var engine = new LocalEngine();
        seed = Seeds.At().On(engine);
        search = Seeds.At().Searched(engine);
        batch = (Seeds.At(1_000_000) with { Batch = ["a", "b", "c"] }).On(engine);
        cycle = Ready(engine, ScalarGraph.Cycle(100_000));
        random = Ready(engine, ScalarGraph.Random(100_000));
    }

    [Benchmark]
    public object Seed() => seed();

    [Benchmark]
    public object SeedWithSearch() => search();

    [Benchmark]
    public object Batch() => batch();

    [Benchmark]
    public object Cycle() => cycle();

    [Benchmark]
    public object Random() => random();

    private static Func<Execution> Ready(LocalEngine engine, ScalarGraph graph) =>
        engine.Ready(graph.Definition(), graph.Values(), ScalarGraphs.Gradient);
}
