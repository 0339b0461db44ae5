using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>The meaning of names in the graph itself, in one call of a function, or in one run of an attribute graph.</summary>
/// <param name="sets">The operator sets in effect.</param>
/// <param name="parent">The scope of the call, or null for the graph.</param>
/// <param name="function">The function that is called.</param>
/// <param name="call">The name of the call.</param>
/// <param name="locals">In an attribute graph: the names that it defines itself; all others belong to the enclosing scope.</param>
internal sealed class ImportScope(ImportedSets sets, ImportScope? parent = null, OnnxFunction? function = null, string call = "",
    IReadOnlySet<string>? locals = null)
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxAttribute> attributes = new(StringComparer.Ordinal);

    /// <summary>The operator sets.</summary>
    public ImportedSets Sets => sets;

    /// <summary>Its call depth.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>True in a call of the function, or within one.</summary>
    public bool IsWithin(OnnxFunction other) => ReferenceEquals(function, other) || parent?.IsWithin(other) == true;

    /// <summary>Binds a name of the function to a name of the graph.</summary>
    public void Bind(string inner, string outer) => names[inner] = outer;

    /// <summary>Sets the value of an attribute of the function.</summary>
    public void Bind(OnnxAttribute attribute) => attributes[attribute.Name] = attribute;

    /// <summary>The name in the graph of a value named here.</summary>
    /// <param name="name">The name here; the empty name stays empty.</param>
    /// <param name="fresh">Returns an unused name based on one that may be taken.</param>
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

    /// <summary>An attribute with its value, or null if it refers to an attribute of the function that has none.</summary>
    public OnnxAttribute? Resolved(OnnxAttribute attribute) => attribute.Reference.Length == 0
        ? attribute
        : attributes.TryGetValue(attribute.Reference, out OnnxAttribute? value) ? value with { Name = attribute.Name }
        : locals is null ? null : parent?.Resolved(attribute);
}
