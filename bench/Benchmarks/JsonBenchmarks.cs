using System.Text;
using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Backprop.Compare.Http;
using BenchmarkDotNet.Attributes;

namespace Backprop.Benchmarks;

/// <summary>Requests and values, from bytes and to bytes.</summary>
[MemoryDiagnoser]
public class JsonBenchmarks
{
    private readonly JsonSerializerOptions options = BackpropJson.Create();
    private readonly byte[] seed = Encoding.UTF8.GetBytes(Bodies.Seed()[0]);
    private readonly byte[] scalars = Encoding.UTF8.GetBytes(Bodies.Scalars(10_000)[0]);
    private readonly byte[] mlp = Encoding.UTF8.GetBytes(Bodies.Mlp(32, 64, 128, 10)[0]);
    private TensorValue nested = null!;
    private TensorValue binary = null!;
    private byte[] nestedText = [];
    private byte[] binaryText = [];

    [GlobalSetup]
    public void Prepare()
    {
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i))];
        nested = TensorValue.Of(numbers, [100, 1000], ValueEncoding.Nested);
        binary = TensorValue.Of(numbers, [100, 1000], ValueEncoding.Base64);
        nestedText = JsonSerializer.SerializeToUtf8Bytes(nested, options);
        binaryText = JsonSerializer.SerializeToUtf8Bytes(binary, options);
    }

    [Benchmark]
    public object? ReadSeed() => JsonSerializer.Deserialize<GradientRequest>(seed, options);

    [Benchmark]
    public object? ReadScalars() => JsonSerializer.Deserialize<GradientRequest>(scalars, options);

    [Benchmark]
    public object? ReadMlp() => JsonSerializer.Deserialize<GradientRequest>(mlp, options);

    [Benchmark]
    public object? ReadNested() => JsonSerializer.Deserialize<TensorValue>(nestedText, options);

    [Benchmark]
    public object? ReadBase64() => JsonSerializer.Deserialize<TensorValue>(binaryText, options);

    [Benchmark]
    public object WriteNested() => JsonSerializer.SerializeToUtf8Bytes(nested, options);

    [Benchmark]
    public object WriteBase64() => JsonSerializer.SerializeToUtf8Bytes(binary, options);
}
