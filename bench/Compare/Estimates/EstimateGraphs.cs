using Backprop.Compare.Candidates;
using Backprop.Compare.Cases;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compare.Estimates;

/// <summary>
/// The graphs for comparing estimates with measurements: first the five of docs/performance.md, then others of many kinds and sizes.
/// </summary>
internal static class EstimateGraphs
{
    public static IEnumerable<Estimate> All()
    {
        (string chain, Dictionary<string, Tensor> values) = CheckpointedMlp.Chain();
        return
        [
            Of("MLP 784-512-512-10, batch 64", Networks.Mlp(64, 784, 512, 512, 10)),
            Of("transformer block, d 256, 128 tokens, batch 4", Networks.Transformer()),
            Of("softmax cross-entropy 1024×1000", Networks.CrossEntropy(1024, 1000)),
            new Estimate("64-layer MLP, checkpointing sqrt", LocalEngine.Parse(chain), values, null, new CheckpointStrategy.Sqrt()),
            Of("scalar graph of 10,000 nodes", ScalarGraph.Random(10_000)),
            Of("MLP 100-64-32-10, batch 16", Networks.Mlp(16, 100, 64, 32, 10)),
            Of("MLP 1024-1024-1024-100, batch 512", Networks.Mlp(512, 1024, 1024, 1024, 100)),
            Of("MLP 3000-300-30-5, batch 200", Networks.Mlp(200, 3000, 300, 30, 5)),
            Of("softmax cross-entropy 128×10,000", Networks.CrossEntropy(128, 10_000)),
            Of("softmax cross-entropy 4096×32", Networks.CrossEntropy(4096, 32)),
            new Estimate("64-layer MLP, nothing recomputed", LocalEngine.Parse(chain), values, null),
            Of("scalar cycle of 3,000 nodes", ScalarGraph.Cycle(3_000)),
            Of("exp(-x²)·sin(x), 1M float64", "L = sum(exp(-x^2)*sin(x))", DType.Float64, 1_000_000),
            Of("exp(-x²)·sin(x), 1M float32", "L = sum(exp(-x^2)*sin(x))", DType.Float32, 1_000_000),
            Of("tanh(x)/(1+x²), 300k float32", "L = sum(tanh(x)/(1+x^2))", DType.Float32, 300_000),
            Of("logsumexp(log(1+x²)), 500×400 float64", "L = sum(logsumexp(log(x*x+1), axis=1))", DType.Float64, 500, 400),
        ];
    }

    private static Estimate Of(string name, Problem problem) => new(name, LocalEngine.Parse(problem.Expression), problem.Inputs, problem.Wrt);

    private static Estimate Of(string name, ScalarGraph graph) => new(name, graph.Definition(), graph.Values(), null);

    private static Estimate Of(string name, string expression, DType dtype, params int[] shape) =>
        new(name, LocalEngine.Parse(expression), new Dictionary<string, Tensor> { ["x"] = Values.Normal(dtype, 1, 1, shape) }, null);
}
