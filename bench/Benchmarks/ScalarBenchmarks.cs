using Backprop.Compare.Cases;
using Backprop.Compare.Ours;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Graphs of numbers: small and large, at one point and at many.</summary>
[MemoryDiagnoser]
public class ScalarBenchmarks
{
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> seed = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> search = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> batch = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> cycle = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> random = null!;

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
    public object Seed() => seed().Execution;

    [Benchmark]
    public object SeedWithSearch() => search().Execution;

    [Benchmark]
    public object Batch() => batch().Execution;

    [Benchmark]
    public object Cycle() => cycle().Execution;

    [Benchmark]
    public object Random() => random().Execution;

    private static Func<(Execution Execution, CompiledQuery CompiledQuery)> Ready(LocalEngine engine, ScalarGraph graph) =>
        engine.Ready(graph.Definition(), graph.Values(), ScalarGraphs.Gradient);
}
