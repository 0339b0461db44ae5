using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Binding;

/// <summary>Values that must be known before anything runs: those that decide shapes. They depend on constants, shapes and inputs.</summary>
/// <param name="evaluator">Computes a node.</param>
/// <param name="inputs">The submitted values by name, except those that differ between points.</param>
/// <param name="cancellationToken">Ends a long computation.</param>
internal sealed class KnownValues(Evaluator evaluator, IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
{
    private const long MaxComputed = 1L << 24;
    private const double MaxFlops = 1L << 30;
    private readonly Dictionary<Node, Tensor> known = [];
    private long computed;
    private double flops;

    /// <summary>The inputs whose values were needed.</summary>
    public HashSet<string> StaticInputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a node.</summary>
    /// <exception cref="InvalidOperandException">It depends on values that are not known yet, or is too large.</exception>
    public Tensor Of(Node node)
    {
        foreach (Node step in Unknown(node))
        {
            known[step] = step.Op == Structure.Input ? Input(step) : step.Value ?? Computed(step);
        }

        return known[node];
    }

    // The nodes that the node needs and that have not been computed yet, operands first.
    private IEnumerable<Node> Unknown(Node node)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>([node]);
        while (pending.TryPop(out Node? next))
        {
            cancellationToken.ThrowIfCancellationRequested();
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
        flops += node.Op.Flops(node);
        if (computed > MaxComputed)
        {
            throw new InvalidOperandException($"a shape depends on computed values of {computed} elements together, more than the limit of " +
                $"{MaxComputed}");
        }

        return flops <= MaxFlops
            ? evaluator(node, Array.ConvertAll(node.Inputs, input => known[input]), cancellationToken)
            : throw new InvalidOperandException($"a shape depends on computed values that take {flops:0} operations, more than the limit of " +
                $"{MaxFlops:0}");
    }

    private Tensor Input(Node node)
    {
        if (!inputs.TryGetValue(node.Name!, out Tensor? value))
        {
            throw new InvalidOperandException($"a shape depends on the input '{node.Name}', which has no value here or differs from point to point");
        }

        StaticInputs.Add(node.Name!);
        return value;
    }
}
