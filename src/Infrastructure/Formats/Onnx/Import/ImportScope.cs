using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>What names mean in the graph itself, in one call of a function, or in one run of a graph that is an attribute.</summary>
/// <param name="sets">The operator sets that hold there.</param>
/// <param name="parent">The scope of the call, or null for the graph.</param>
/// <param name="function">The function that is called.</param>
/// <param name="call">The name of the call.</param>
/// <param name="locals">In a graph that is an attribute: the names that it gives itself; all others are those of the scope around it.</param>
internal sealed class ImportScope(ImportedSets sets, ImportScope? parent = null, OnnxFunction? function = null, string call = "",
    IReadOnlySet<string>? locals = null)
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxAttribute> attributes = new(StringComparer.Ordinal);

    /// <summary>The operator sets.</summary>
    public ImportedSets Sets => sets;

    /// <summary>How many calls deep it is.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>True where this is a call of the function, or within one.</summary>
    public bool IsWithin(OnnxFunction other) => ReferenceEquals(function, other) || parent?.IsWithin(other) == true;

    /// <summary>Gives a name of the function the meaning of a name of the graph.</summary>
    public void Bind(string inner, string outer) => names[inner] = outer;

    /// <summary>Gives an attribute of the function its value.</summary>
    public void Bind(OnnxAttribute attribute) => attributes[attribute.Name] = attribute;

    /// <summary>The name in the graph of a value that is called so here.</summary>
    /// <param name="name">The name here; the empty name stays so.</param>
    /// <param name="fresh">Makes a name that is free of one that may not be.</param>
    public string NameOf(string name, Func<string, string> fresh)
    {
        if (parent is null || name.Length == 0)
        {
            return name;
        }

        if (locals?.Contains(name) == false)
        {
            return parent.NameOf(name, fresh);
        }

        if (!names.TryGetValue(name, out string? outer))
        {
            names[name] = outer = fresh($"{call}.{name}");
        }

        return outer;
    }

    /// <summary>An attribute with its value, or null where it refers to one of the function's that has none.</summary>
    public OnnxAttribute? Resolved(OnnxAttribute attribute) => attribute.Reference.Length == 0
        ? attribute
        : attributes.TryGetValue(attribute.Reference, out OnnxAttribute? value) ? value with { Name = attribute.Name }
        : locals is null ? null : parent?.Resolved(attribute);
}
