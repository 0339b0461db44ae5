using Backprop.Compare.Cases;
using Backprop.Compare.Ours;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>From a graph to its plan, including its first run: the engine caches no plans.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> seed = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> mlp = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> scalars = null!;

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
    public object Seed() => seed().Execution;

    [Benchmark]
    public object Mlp() => mlp().Execution;

    [Benchmark]
    public object TenThousandNumbers() => scalars().Execution;
}
