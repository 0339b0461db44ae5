using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>The activations that recurrent operators name in attributes, with their scaling values (ONNX: RNN, GRU, LSTM).</summary>
internal static class RecurrentActivations
{
    // The attributes that each uses of activation_alpha and activation_beta.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Relu"] = [],
        ["Tanh"] = [],
        ["Sigmoid"] = [],
        ["Softsign"] = [],
        ["Softplus"] = [],
        ["LeakyRelu"] = ["alpha"],
        ["ThresholdedRelu"] = ["alpha"],
        ["Elu"] = ["alpha"],
        ["HardSigmoid"] = ["alpha", "beta"],
        ["Affine"] = ["alpha", "beta"],
        ["ScaledTanh"] = ["alpha", "beta"],
    };

    /// <summary>The functions of all directions; the scaling values are consumed in order by the functions that use them.</summary>
    public static IReadOnlyList<Func<Node, Node>> Of(OperatorCall c, string[] defaults, int directions)
    {
        IReadOnlyList<string> names = c.Texts("activations") ?? [.. Enumerable.Repeat(defaults, directions).SelectMany(name => name)];
        if (names.Count != defaults.Length * directions)
        {
            throw new InvalidOperandException($"activations has {names.Count} names, expected {defaults.Length} for each of {directions} directions");
        }

        var values = new Dictionary<string, Queue<double>>
        {
            ["alpha"] = new(c.Numbers("activation_alpha") ?? []),
            ["beta"] = new(c.Numbers("activation_beta") ?? []),
        };
        return [.. names.Select(name => Function(c, name, values))];
    }

    private static Func<Node, Node> Function(OperatorCall c, string name, Dictionary<string, Queue<double>> values)
    {
        if (!Known.TryGetValue(name, out string[]? takes))
        {
            throw new InvalidOperandException($"activations names '{name}', expected one of {string.Join(", ", Known.Keys)}");
        }

        Dictionary<string, double> given = takes.Where(value => values[value].Count > 0)
            .ToDictionary(value => value, value => values[value].Dequeue());
        string known = Known.Keys.First(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        (double alpha, double beta) = (given.GetValueOrDefault("alpha", 1), given.GetValueOrDefault("beta", known == "ScaledTanh" ? 1 : 0));
        GraphBuilder b = c.B;
        return known switch
        {
            "Affine" => x => b.Plus(b.Times(x, alpha), beta),
            "ScaledTanh" => x => b.Times(b.Tanh(b.Times(x, beta)), alpha),
            _ => x => c.Apply(known, x, given),
        };
    }
}
