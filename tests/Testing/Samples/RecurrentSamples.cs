using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class RecurrentSamples
{
    private const int Steps = 3, Batch = 2, Input = 2, Hidden = 2;

    public static IEnumerable<Sample> All { get; } =
    [
        .. new[] { ("RNN", 1), ("GRU", 3), ("LSTM", 4) }.SelectMany(row => Forms(row.Item1, row.Item2)),
        Of("RNN", "named activation", [.. Layer(1, 1)], ("activations", new[] { "ScaledTanh" }), ("activation_alpha", new[] { 1.2 }), ("activation_beta", new[] { 0.7 })),
        Of("RNN", "activations of both directions", [.. Layer(1, 2)], ("direction", "bidirectional"), ("activations", new[] { "Affine", "Softsign" }), ("activation_alpha", new[] { 0.8 })),
        Of("GRU", "reset behind the product", [.. Layer(3, 1), Bias(3)], ("linear_before_reset", 1)),
        Of("GRU", "reset behind the product without bias", [.. Layer(3, 1)], ("linear_before_reset", 1)),
        Of("GRU", "other activations", [.. Layer(3, 1), Bias(3)], ("activations", new[] { "hardsigmoid", "Softsign" }), ("activation_alpha", new[] { 0.25 })) with { IsSmooth = false },
        Of("LSTM", "peepholes", [.. Layer(4, 1), Bias(4), Argument.Omitted, State(1, 0), State(1, 1), Y(1, 3 * Hidden)]) with { Outputs = ["y", "h", "c"] },
        Of("LSTM", "input coupled to forget", [.. Layer(4, 1)], ("input_forget", 1)),
        Of("LSTM", "both directions with peepholes and states", [.. Layer(4, 2), Bias(4, 2), I([3, 1]), State(2, 0), State(2, 1), Y(2, 3 * Hidden)], ("direction", "bidirectional")) with { Outputs = ["y", "h", "c"] },
    ];

    private static IEnumerable<Sample> Forms(string op, int gates)
    {
        yield return Of(op, "default", [.. Layer(gates, 1)]);
        yield return Of(op, "bias and state", [.. Layer(gates, 1), Bias(gates), Argument.Omitted, State(1, 0)], ("hidden_size", Hidden)) with { Outputs = ["y", "h"] };
        yield return Of(op, "reverse", [.. Layer(gates, 1), Bias(gates)], ("direction", "reverse")) with { Outputs = ["y", "h"] };
        yield return Of(op, "lengths", [.. Layer(gates, 1), Bias(gates), I([2, 3]), State(1, 0)]) with { Outputs = ["y", "h"] };
        yield return Of(op, "both directions with lengths", [.. Layer(gates, 2), Bias(gates, 2), I([2, 1])], ("direction", "bidirectional")) with { Outputs = ["y", "h"] };
        yield return Of(op, "batch first", [Spread(-1, 1, 0, Batch, Steps, Input), .. Layer(gates, 2)[1..], Argument.Omitted, Argument.Omitted, Spread(-1, 1, 2, Batch, 2, Hidden)], ("layout", 1), ("direction", "bidirectional")) with { Outputs = ["y", "h"] };
        yield return Of(op, "clipped", [.. Layer(gates, 1), Bias(gates)], ("clip", 0.45)) with { IsSmooth = false };
        yield return Of(op, "last state alone", [.. Layer(gates, 1)]) with { Outputs = ["", "h"] };
    }

    private static Argument[] Layer(int gates, int directions) =>
    [
        Spread(-1, 1, 0, Steps, Batch, Input), Spread(-1, 1, 1, directions, gates * Hidden, Input), Spread(-1, 1, 2, directions, gates * Hidden, Hidden),
    ];

    private static Tensor Bias(int gates, int directions = 1) => Spread(-0.5, 0.5, 3, directions, 2 * gates * Hidden);

    private static Tensor State(int directions, int salt) => Spread(-1, 1, salt, directions, Batch, Hidden);
}
