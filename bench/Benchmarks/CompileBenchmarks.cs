using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>From a graph to its plan, including its first run: the engine caches no plans.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Func<Execution> seed = null!;
    private Func<Execution> mlp = null!;
    private Func<Execution> scalars = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var engine = new LocalEngine(1);
        var graph = ScalarGraph.Random(10_000);
        seed = Seeds.At().Searched(engine);
        mlp = Networks.Mlp(1, 16, 8, 8, 4).Searched(engine);
        scalars = engine.Searching(graph.Definition(), graph.Values(), ScalarGraphs.Gradient);
    }

    [Benchmark]
    public object Seed() => seed();

    [Benchmark]
    public object Mlp() => mlp();

    [Benchmark]
    public object TenThousandNumbers() => scalars();
}
