using Backprop.Domain.Operators;

namespace Backprop.Domain.Graphs;

/// <summary>Values that must be known before anything runs: those that decide shapes. They may come from constants, shapes and integer inputs.</summary>
/// <param name="evaluator">Computes a node.</param>
/// <param name="inputs">The submitted values by name, without those that differ from point to point.</param>
internal sealed class KnownValues(Evaluator evaluator, IReadOnlyDictionary<string, Tensor> inputs)
{
    private const long MaxComputed = 1L << 24;
    private readonly Dictionary<Node, Tensor> known = [];
    private long computed;

    /// <summary>The inputs whose values were needed.</summary>
    public HashSet<string> Baked { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a node.</summary>
    /// <exception cref="InvalidOperandException">It depends on what is not known yet, or is too large.</exception>
    public Tensor Of(Node node)
    {
        foreach (Node step in Unknown(node))
        {
            known[step] = step.Op == Structure.Input ? Input(step) : step.Value ?? Computed(step);
        }

        return known[node];
    }

    // What the node needs and nobody has asked for before, operands first.
    private IEnumerable<Node> Unknown(Node node)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>([node]);
        while (pending.TryPop(out Node? next))
        {
            if (!known.ContainsKey(next) && found.Add(next))
            {
                foreach (Node input in next.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return found.OrderBy(step => step.Id);
    }

    private Tensor Computed(Node node)
    {
        computed += node.Type.Count;
        return computed <= MaxComputed
            ? evaluator(node, Array.ConvertAll(node.Inputs, input => known[input]))
            : throw new InvalidOperandException($"a shape depends on computed values of {computed} elements together, more than the limit of {MaxComputed}");
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
