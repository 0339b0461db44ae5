using System.Text;
using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Transformations.Checkpointing;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>The memory that is predicted before a run is exactly what the run takes.</summary>
public class PeakMemoryTests
{
    private static readonly DerivativeEngine Engine = new(new HostExecutor(new BufferPool(1 << 26)), new EngineLimits());
    private static readonly ExpressionParser Expressions = new(OperatorTable.All.Select(row => row.Name));

    [Fact]
    public void Of_a_multilayer_perceptron() => Exact(
        "h = relu(x @ w1 + b1); L = softmax_cross_entropy_loss(h @ w2, t)", Values(("x", [32, 64]), ("w1", [64, 128]), ("b1", [128]), ("w2", [128, 10])), Labels(32));

    [Fact]
    public void Of_a_transformer_block() => Exact(
        """
        n = layer_normalization(x, g, c)
        q = transpose(reshape(n @ wq, shape=(2, 32, 4, 16)), axes=(0, 2, 1, 3))
        k = transpose(reshape(n @ wk, shape=(2, 32, 4, 16)), axes=(0, 2, 3, 1))
        v = transpose(reshape(n @ wv, shape=(2, 32, 4, 16)), axes=(0, 2, 1, 3))
        h = x + reshape(transpose(softmax(q @ k * 0.25, axis=-1) @ v, axes=(0, 2, 1, 3)), shape=(2, 32, 64)) @ wo
        L = mean(h + gelu(h @ w1) @ w2)
        """,
        Values(("x", [2, 32, 64]), ("g", [64]), ("c", [64]), ("wq", [64, 64]), ("wk", [64, 64]), ("wv", [64, 64]), ("wo", [64, 64]), ("w1", [64, 256]), ("w2", [256, 64])));

    [Fact]
    public void Of_a_softmax_cross_entropy() => Exact("L = softmax_cross_entropy_loss(z, t)", Values(("z", [64, 100])), Labels(64));

    [Fact]
    public void Of_a_deep_chain_with_checkpointing()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 36; i++)
        {
            text.AppendLine($"h{i} = tanh({(i == 0 ? "x" : $"h{i - 1}")} @ w)");
        }

        (long peak, _) = Exact(text + "L = sum(h35^2)", Values(("x", [64, 48]), ("w", [48, 48])), [], new CheckpointStrategy.Sqrt());
        (long plain, _) = Exact(text + "L = sum(h35^2)", Values(("x", [64, 48]), ("w", [48, 48])), []);
        peak.ShouldBeLessThan(plain / 2);
    }

    [Fact]
    public void Of_a_graph_of_numbers() => Exact("d = a*b; e = d + c; L = exp(e) * sin(e)^2", Values(("a", []), ("b", []), ("c", [])));

    private static (string, Literal)[] Values(params (string Name, int[] Shape)[] inputs) =>
        [.. inputs.Select(input => (input.Name, new Literal(Tensor.Filled(new TensorType(DType.Float32, Shape.Of(input.Shape)), 0.1), DType.Float32)))];

    private static (string, Literal)[] Labels(int count) => [("t", new Literal(Tensor.Zeros(new TensorType(DType.Int64, Shape.Of(count))), DType.Int64))];

    private static (long Predicted, long Measured) Exact(string text, (string Name, Literal Value)[] inputs, (string Name, Literal Value)[]? others = null, CheckpointStrategy? strategy = null)
    {
        GraphDefinition definition = Expressions.Parse(text);
        Dictionary<string, Literal> values = inputs.Concat(others ?? []).ToDictionary(input => input.Name, input => input.Value);
        var submission = new ComputationRequest(definition, CanonicalForm.Of(definition).Id, values, DType.Float32, []);
        long predicted = new GraphCosts(Engine).Of(submission, new GraphStep(null, null, strategy, null, new Dictionary<string, int>()), CancellationToken.None).PeakBytes;
        (CompiledQuery compiled, Tensor[] tensors, _) = Engine.Prepare(submission, TrainingStepQuery.Of(null, null, strategy), CancellationToken.None);
        var meter = new MemoryMeter();
        Engine.Execute(compiled, tensors, CancellationToken.None, meter);
        predicted.ShouldBe(meter.HighestBytes);
        return (predicted, meter.HighestBytes);
    }
}
