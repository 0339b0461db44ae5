using Backprop.Compare.Cases;
using Backprop.Compare.Ours;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Gradients of networks.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> mlp = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> transformer = null!;
    private Func<(Execution Execution, CompiledQuery CompiledQuery)> crossEntropy = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var engine = new LocalEngine();
        mlp = Networks.Mlp(64, 784, 512, 512, 10).On(engine);
        transformer = Networks.Transformer().On(engine);
        crossEntropy = Networks.CrossEntropy(1024, 1000).On(engine);
    }

    [Benchmark]
    public object Mlp() => mlp().Execution;

    [Benchmark]
    public object Transformer() => transformer().Execution;

    [Benchmark]
    public object SoftmaxCrossEntropy() => crossEntropy().Execution;
}
