namespace Backprop.Domain.Graphs.Binding;

/// <summary>The options for typing a definition.</summary>
public sealed record BindingOptions
{
    /// <summary>Computes values that must be known before anything runs.</summary>
    public required Evaluator Evaluator { get; init; }

    /// <summary>The element type of inputs and constants that state none.</summary>
    public DType DefaultDType { get; init; } = DType.Float64;

    /// <summary>The inputs whose leading axis counts independent points; their declared shape is that of one point.</summary>
    public IReadOnlyList<string> Batch { get; init; } = [];

    /// <summary>The largest value in elements.</summary>
    public long MaxElements { get; init; } = 1L << 28;

    /// <summary>The most nodes of a submitted graph, which bounds those of the typed graph and of what is derived from it.</summary>
    public long MaxNodes { get; init; } = long.MaxValue;

    /// <summary>True if values are submitted, so that each input must have one; false types the graph only by its declarations.</summary>
    public bool HasValues { get; init; } = true;

    /// <summary>When random values are drawn.</summary>
    public RandomMode Random { get; init; }

    /// <summary>Extents for symbolic dimensions that no value binds.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// True inserts an Identity between a value and each of its uses, and after each of several results, so that their cotangents can be
    /// distinguished.
    /// </summary>
    public bool MarkUses { get; init; }

    /// <summary>True treats constants in the same way as inputs and nodes when uses are marked: their cotangents are requested, too.</summary>
    public bool MarkConstants { get; init; }
}

/// <summary>A use of a named value by a node.</summary>
/// <param name="User">The name of the node that uses it.</param>
/// <param name="OperandIndex">The index among the node's operands.</param>
/// <param name="Value">The name of the value.</param>
/// <param name="Marker">The Identity that represents this use.</param>
public sealed record Use(string User, int OperandIndex, string Value, Node Marker);
