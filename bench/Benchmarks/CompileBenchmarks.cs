using Backprop.Compare.Cases;
using Backprop.Compare.Ours;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>From a graph to its plan, with the first run of it: the engine keeps no plan.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Func<(Execution Execution, Compiled Compiled)> seed = null!;
    private Func<(Execution Execution, Compiled Compiled)> mlp = null!;
    private Func<(Execution Execution, Compiled Compiled)> scalars = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var engine = new LocalEngine(1);
        seed = Seeds.At().On(engine);
        mlp = Networks.Mlp(1, 16, 8, 8, 4).On(engine);
        scalars = ScalarGraphs.Ready(engine, ScalarGraph.Random(10_000), ScalarGraphs.Gradient);
    }

    [Benchmark]
    public object Seed() => seed().Execution;

    [Benchmark]
    public object Mlp() => mlp().Execution;

    [Benchmark]
    public object TenThousandNumbers() => scalars().Execution;
}
