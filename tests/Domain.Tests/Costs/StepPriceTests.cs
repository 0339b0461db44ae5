using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Operators;
using Backprop.Domain.Transformations;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>Forward and backward pass of whole networks, against counts by hand.</summary>
public class StepPriceTests
{
    private static readonly ExpressionParser Expressions = new(OperatorTable.All.Select(row => row.Name));

    private static Literal F(params int[] dims) => new(Tensor.Filled(new TensorType(DType.Float32, Shape.Of(dims)), 0.1), DType.Float32);

    private static Literal Labels(int count) => new(Tensor.Zeros(new TensorType(DType.Int64, Shape.Of(count))), DType.Int64);

    [Fact]
    public void A_multilayer_perceptron_is_counted_as_by_hand()
    {
        const int Rows = 32, In = 20, Hidden = 50, Out = 10;
        StepPrice price = Price(
            "h = relu(x @ w1 + b1); L = softmax_cross_entropy_loss(h @ w2 + b2, t)",
            new() { ["x"] = F(Rows, In), ["w1"] = F(In, Hidden), ["b1"] = F(Hidden), ["w2"] = F(Hidden, Out), ["b2"] = F(Out), ["t"] = Labels(Rows) },
            ["w1", "b1", "w2", "b2"]);

        // Products, biases, one comparison per unit; log-softmax 5 per element and a logarithm per row; minus, sum and quotient of the loss.
        long forward = (2 * Rows * In * Hidden) + (2 * Rows * Hidden) + (2 * Rows * Hidden * Out) + (Rows * Out) + (5 * Rows * Out) + Rows + Rows + Rows + 1;
        price.Forward.Total.Flops.ShouldBe(forward);

        // dW2 and dH, but only dW1: dX is not needed.
        Flops(price.Backward, "MatMul").ShouldBe((2 * 2 * Rows * Hidden * Out) + (2 * Rows * In * Hidden));
    }

    [Fact]
    public void A_transformer_block_is_counted_as_by_hand()
    {
        const int S = 8, D = 16, H = 4, K = D / H, M = 64;
        StepPrice price = Price(
            $"""
            n1 = rms_normalization(x, g1)
            q = transpose(reshape(n1 @ wq, shape=({S}, {H}, {K})), axes=(1, 0, 2))
            k = transpose(reshape(n1 @ wk, shape=({S}, {H}, {K})), axes=(1, 2, 0))
            v = transpose(reshape(n1 @ wv, shape=({S}, {H}, {K})), axes=(1, 0, 2))
            p = softmax(q @ k * 0.5, axis=-1)
            h = x + reshape(transpose(p @ v, axes=(1, 0, 2)), shape=({S}, {D})) @ wo
            n2 = rms_normalization(h, g2)
            L = sum(h + gelu(n2 @ w1) @ w2)
            """,
            new()
            {
                ["x"] = F(S, D),
                ["g1"] = F(D),
                ["wq"] = F(D, D),
                ["wk"] = F(D, D),
                ["wv"] = F(D, D),
                ["wo"] = F(D, D),
                ["g2"] = F(D),
                ["w1"] = F(D, M),
                ["w2"] = F(M, D),
            },
            null);
        const long Products = (4 * 2 * S * D * D) + (2 * 2 * S * S * D) + (2 * 2 * S * D * M);
        const long Norms = 2 * ((4 * S * D) + (3 * S)), Scores = H * S * S * (1 + 5), Gelu = 4 * S * M, Residuals = 2 * S * D, Sum = S * D;
        price.Forward.Total.Flops.ShouldBe(Products + Norms + Scores + Gelu + Residuals + Sum);
        Flops(price.Forward, "MatMul").ShouldBe(Products);
        Flops(price.Backward, "MatMul").ShouldBe(2 * Products);
        price.Forward.Total.Transcendentals.ShouldBe((H * S * S) + (S * M));
    }

    [Fact]
    public void The_backward_pass_of_a_deep_network_tends_to_twice_the_forward_pass()
    {
        double[] ratios = [.. new[] { 2, 8, 64 }.Select(layers => Chain(layers).BackwardToForward)];
        ratios.ShouldBeInOrder();
        ratios[0].ShouldBeLessThan(1.6);
        ratios[2].ShouldBe(2, 0.04);
    }

    [Fact]
    public void Frozen_weights_need_no_product()
    {
        var inputs = new Dictionary<string, Literal> { ["x"] = F(64, 64), ["w1"] = F(64, 64), ["w2"] = F(64, 64) };
        const string Text = "L = sum(tanh(x @ w1) @ w2)";
        const long One = 2 * 64 * 64 * 64;
        Flops(Price(Text, inputs, ["w2"]).Backward, "MatMul").ShouldBe(One);
        Flops(Price(Text, inputs, ["w1"]).Backward, "MatMul").ShouldBe(2 * One);
        Flops(Price(Text, inputs, ["w1", "w2"]).Backward, "MatMul").ShouldBe(3 * One);
        Flops(Price(Text, inputs, ["x", "w1", "w2"]).Backward, "MatMul").ShouldBe(4 * One);
    }

    [Fact]
    public void A_value_used_twice_is_differentiated_once_for_each_use()
    {
        var inputs = new Dictionary<string, Literal> { ["w"] = F(32, 32) };
        const long One = 2 * 32 * 32 * 32;
        StepPrice price = Price("L = sum(w @ w)", inputs, ["w"]);
        Flops(price.Forward, "MatMul").ShouldBe(One);
        Flops(price.Backward, "MatMul").ShouldBe(2 * One);
    }

    [Theory]
    [InlineData("L = sum(tanh(x @ w)^2)")]
    [InlineData("h = gelu(x @ w); L = logsumexp(h) + sum(h)")]
    [InlineData("L = sum(softmax(x @ w, axis=1) * x)")]
    public void A_graph_priced_after_differentiation_is_forward_and_backward_priced_apart(string text)
    {
        GraphDefinition definition = Expressions.Parse(text);
        var inputs = new Dictionary<string, Literal> { ["x"] = F(4, 4), ["w"] = F(4, 4) };
        BoundGraph bound = Engine.Bind(definition, inputs);
        Node value = bound.Output("L");
        Node?[] gradients = ReverseMode.Pullback(bound.Builder, bound.Graph.Nodes, new Dictionary<Node, Node> { [value] = bound.Builder.Full(value.Type, 1) }, [bound.Values["x"], bound.Values["w"]]);
        var whole = new Graph(bound.Graph.Inputs, [new NamedNode("L", value), new NamedNode("dx", gradients[0]!), new NamedNode("dw", gradients[1]!)]);
        Graph run = Simplification.Apply(whole, Compute.Host.HostExecutor.Evaluate), alone = Simplification.Apply(bound.Graph, Compute.Host.HostExecutor.Evaluate);
        StepPrice price = StepPrice.Of(run);
        price.Forward.Total.ShouldBe(GraphPrice.Of(alone).Total);
        (price.Forward.Total + price.Backward.Total).ShouldBe(GraphPrice.Of(run).Total);
        price.Backward.Total.Flops.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_second_derivative_is_priced_like_any_graph()
    {
        CompiledQuery hessian = Engine.Run(
            Expressions.Parse("L = sum(x^3)"), new Dictionary<string, Literal> { ["x"] = F(3) }, Queries.Hessian(null, null), DType.Float32).Query;
        GraphPrice.Of(hessian.Graph).Total.Flops.ShouldBeGreaterThan(0);
    }

    private static StepPrice Chain(int layers)
    {
        var inputs = new Dictionary<string, Literal> { ["h"] = F(64, 96) };
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < layers; i++)
        {
            text.AppendLine($"h{i} = tanh({(i == 0 ? "h" : $"h{i - 1}")} @ w{i})");
            inputs[$"w{i}"] = F(96, 96);
        }

        return Price(text + $"L = sum(h{layers - 1}^2)", inputs, [.. Enumerable.Range(0, layers).Select(i => $"w{i}")]);
    }

    private static StepPrice Price(string text, Dictionary<string, Literal> inputs, IReadOnlyList<string>? wrt) =>
        StepPrice.Of(Engine.Run(Expressions.Parse(text), inputs, TrainingStepQuery.Of(wrt, null), DType.Float32).Query.Graph);

    private static long Flops(GraphPrice price, string name) => (long)(price.Operators.FirstOrDefault(each => each.Name == name)?.Work.Flops ?? 0);
}
