namespace Backprop.Domain.Graphs.Binding;

/// <summary>A definition whose shapes and element types are known, and the values that were submitted for it.</summary>
public sealed class BoundGraph
{
    /// <summary>The definition.</summary>
    public required TopologicalOrder Order { get; init; }

    /// <summary>The typed graph; if a batch was submitted, that of one point.</summary>
    public required Graph Graph { get; init; }

    /// <summary>Appends nodes to the graph.</summary>
    public required GraphBuilder Builder { get; init; }

    /// <summary>Every named value.</summary>
    public required IReadOnlyDictionary<string, Node> Values { get; init; }

    /// <summary>The inputs' types and values.</summary>
    public required BoundInputs Inputs { get; init; }

    /// <summary>
    /// The static inputs, whose values decided a shape: another value may need another plan, and there is no derivative with respect to them.
    /// </summary>
    public required IReadOnlyCollection<string> StaticInputs { get; init; }

    /// <summary>
    /// The value of a node before anything runs; throws an <see cref="InvalidOperandException"/> if it depends on unknown values. The inputs it
    /// depends on are added to <see cref="StaticInputs"/>.
    /// </summary>
    public required Func<Node, Tensor> Known { get; init; }

    /// <summary>The uses of values, if they were marked.</summary>
    public required IReadOnlyList<Use> Uses { get; init; }

    /// <summary>The inputs that are batched.</summary>
    public required IReadOnlyList<string> Batch { get; init; }

    /// <summary>An output by its name.</summary>
    public Node Output(string name) => Values[name];
}
