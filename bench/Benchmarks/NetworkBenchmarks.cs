using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compute.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Gradients of networks.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private Func<Execution> mlp = null!;
    private Func<Execution> transformer = null!;
    private Func<Execution> crossEntropy = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var engine = new LocalEngine();
        mlp = Networks.Mlp(64, 784, 512, 512, 10).On(engine);
        transformer = Networks.Transformer().On(engine);
        crossEntropy = Networks.CrossEntropy(1024, 1000).On(engine);
    }

    [Benchmark]
    public object Mlp() => mlp();

    [Benchmark]
    public object Transformer() => transformer();

    [Benchmark]
    public object SoftmaxCrossEntropy() => crossEntropy();
}
