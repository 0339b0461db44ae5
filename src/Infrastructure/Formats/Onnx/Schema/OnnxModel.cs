namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>A model file: ModelProto of onnx.proto, as far as it is used here.</summary>
public sealed record OnnxModel
{
    /// <summary>The version of the file format.</summary>
    public long IrVersion { get; init; }

    /// <summary>The program that wrote the file.</summary>
    public string Producer { get; init; } = string.Empty;

    /// <summary>The operator sets that define the operators of the model.</summary>
    public IReadOnlyList<OperatorSet> OperatorSets { get; init; } = [];

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; init; } = new();

    /// <summary>The functions that its nodes may call.</summary>
    public IReadOnlyList<OnnxFunction> Functions { get; init; } = [];
}

/// <summary>A set of operators: OperatorSetIdProto.</summary>
/// <param name="Domain">The domain; empty for ONNX itself.</param>
/// <param name="Version">The version.</param>
public sealed record OperatorSet(string Domain, long Version);

/// <summary>A function made of nodes: FunctionProto.</summary>
public sealed record OnnxFunction
{
    /// <summary>Its name, which nodes use as an operator.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its domain.</summary>
    public string Domain { get; init; } = string.Empty;

    /// <summary>What distinguishes it from other functions with its name.</summary>
    public string Overload { get; init; } = string.Empty;

    /// <summary>The names of its operands.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The names of its values.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The names of its attributes.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The attributes that have a default.</summary>
    public IReadOnlyList<OnnxAttribute> Defaults { get; init; } = [];

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>The operator sets that define the operators of the function.</summary>
    public IReadOnlyList<OperatorSet> OperatorSets { get; init; } = [];
}
