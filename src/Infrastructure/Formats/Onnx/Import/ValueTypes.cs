using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>The element types of values in the file that are computed in another type here, and what the answer reports about them.</summary>
internal sealed class ValueTypes
{
    private readonly Dictionary<string, OnnxElementType> types = new(StringComparer.Ordinal);
    private readonly SortedSet<string> notes = new(StringComparer.Ordinal);

    /// <summary>One sentence for each such element type.</summary>
    public IReadOnlyList<string> Notes => [.. notes];

    /// <summary>Records the type of a value.</summary>
    public void Add(string name, OnnxElementType type)
    {
        if (type.Note() is { } note)
        {
            types[name] = type;
            notes.Add(note);
        }
    }

    /// <summary>The type of a value in the file; <see cref="OnnxElementType.Undefined"/> if it is the same here.</summary>
    public OnnxElementType Of(Operand operand) => operand.Name is { } name ? types.GetValueOrDefault(name) : OnnxElementType.Undefined;
}
