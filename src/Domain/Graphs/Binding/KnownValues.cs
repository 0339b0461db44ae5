using Backprop.Domain.Operators;

namespace Backprop.Domain.Graphs;

/// <summary>Values that must be known before anything runs: those that decide shapes. They may come from constants, shapes and integer inputs.</summary>
/// <param name="evaluator">Computes a node.</param>
/// <param name="inputs">The submitted values by name, without those that differ from point to point.</param>
internal sealed class KnownValues(Evaluator evaluator, IReadOnlyDictionary<string, Tensor> inputs)
{
    private readonly Dictionary<Node, Tensor> known = [];

    /// <summary>The inputs whose values were needed.</summary>
    public HashSet<string> Baked { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a node.</summary>
    /// <exception cref="InvalidOperandException">It depends on what is not known yet.</exception>
    public Tensor Of(Node node)
    {
        var graph = new Graph([], [new NamedNode(string.Empty, node)]);
        foreach (Node step in graph.Nodes)
        {
            if (!known.ContainsKey(step))
            {
                known[step] = step.Op == Structure.Input ? Input(step)
                    : step.Value ?? evaluator(step, Array.ConvertAll(step.Inputs, input => known[input]));
            }
        }

        return known[node];
    }

    private Tensor Input(Node node)
    {
        if (node.DType.IsFloat())
        {
            throw new InvalidOperandException($"a shape would depend on the float input '{node.Name}'; only constants, shapes and int64 inputs may decide shapes");
        }

        if (!inputs.TryGetValue(node.Name!, out Tensor? value))
        {
            throw new InvalidOperandException($"a shape depends on the input '{node.Name}', which has no value here or differs from point to point");
        }

        Baked.Add(node.Name!);
        return value;
    }
}
