using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>A fused chain with the sum at its end, and its derivative.</summary>
[MemoryDiagnoser]
public class ElementwiseBenchmarks
{
    private Func<Execution> gradient = null!;

    [Params(1_000, 1_000_000)]
    public int Length { get; set; }

    [Params(DType.Float32, DType.Float64)]
    public DType DType { get; set; }

    [GlobalSetup]
    public void Prepare() => gradient = Elementwise.Wave(DType, Length).On(new LocalEngine());

    [Benchmark]
    public object Gradient() => gradient();
}
