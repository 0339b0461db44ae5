using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Products of square matrices.</summary>
[MemoryDiagnoser]
public class MatrixProductBenchmarks
{
    private Func<Execution> product = null!;

    [Params(16, 64, 256, 512, 1024, 2048)]
    public int Size { get; set; }

    [Params(DType.Float32, DType.Float64)]
    public DType DType { get; set; }

    [GlobalSetup]
    public void Prepare() => product = MatrixProducts.Product(DType, Size).On(new LocalEngine());

    [Benchmark]
    public object Product() => product();
}
