namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>The type of an attribute's value: AttributeProto.AttributeType, with its numbers.</summary>
public enum AttributeType
{
    /// <summary>Nothing stated.</summary>
    Undefined = 0,

    /// <summary>A number.</summary>
    Float = 1,

    /// <summary>A whole number.</summary>
    Int = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph.</summary>
    Graph = 5,

    /// <summary>Numbers.</summary>
    Floats = 6,

    /// <summary>Whole numbers.</summary>
    Ints = 7,

    /// <summary>Texts.</summary>
    Strings = 8,

    /// <summary>Tensors, graphs, sparse tensors or types. The content is not read.</summary>
    Other = 9,
}

/// <summary>An attribute: AttributeProto. The member that its type names holds the value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its value.</param>
public sealed record OnnxAttribute(string Name, AttributeType Type)
{
    /// <summary>In a function: the function's attribute whose value it takes.</summary>
    public string Reference { get; init; } = string.Empty;

    /// <summary>The number.</summary>
    public float Float { get; init; }

    /// <summary>The whole number.</summary>
    public long Int { get; init; }

    /// <summary>The text.</summary>
    public string String { get; init; } = string.Empty;

    /// <summary>The tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>The graph.</summary>
    public OnnxGraph? Graph { get; init; }

    /// <summary>The numbers.</summary>
    public IReadOnlyList<float> Floats { get; init; } = [];

    /// <summary>The whole numbers.</summary>
    public IReadOnlyList<long> Ints { get; init; } = [];

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Strings { get; init; } = [];

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, AttributeType.Float) { Float = value };

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, AttributeType.Int) { Int = value };

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, AttributeType.String) { String = value };

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, AttributeType.Tensor) { Tensor = value };

    /// <summary>A graph.</summary>
    public static OnnxAttribute Of(string name, OnnxGraph value) => new(name, AttributeType.Graph) { Graph = value };

    /// <summary>Numbers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<float> values) => new(name, AttributeType.Floats) { Floats = values };

    /// <summary>Whole numbers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new(name, AttributeType.Ints) { Ints = values };

    /// <summary>Texts.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<string> values) => new(name, AttributeType.Strings) { Strings = values };
}
