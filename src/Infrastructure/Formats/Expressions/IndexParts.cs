using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// The index of <c>x[…]</c> with NumPy's basic indexing: whole numbers take one element of an axis, slices a part, <c>...</c> covers the axes that
/// are not written, and <c>None</c> adds an axis. One part may be a tensor of whole numbers.
/// </summary>
/// <param name="word">The opening bracket.</param>
internal sealed class IndexParts(Token<TokenKind> word)
{
    private const long Last = long.MaxValue;

    private readonly List<Part> beforeEllipsis = [];
    private readonly List<Part> afterEllipsis = [];
    private bool hasEllipsis;

    private enum Kind
    {
        Element,
        Slice,
        NewAxis,
        Tensor,
    }

    private List<Part> Parts => hasEllipsis ? afterEllipsis : beforeEllipsis;

    /// <summary>Adds one element, or a tensor of indices.</summary>
    public void Add(Operand place, Token<TokenKind> at)
    {
        if (place.Number is null && beforeEllipsis.Concat(afterEllipsis).Any(part => part.Kind == Kind.Tensor))
        {
            throw at.Error("only one index in [] may be a tensor, the others must be whole numbers or slices: use gather_nd for more");
        }

        if (place.Number is { } number && number.Value.DType != DType.Int64)
        {
            throw at.Error("an index must be a whole number, a slice such as 1:3, '...', None or a tensor of whole numbers");
        }

        Parts.Add(new Part(place.Number is { Value.Shape.Rank: 0 } ? Kind.Element : Kind.Tensor, place));
    }

    /// <summary>Adds a slice; null means the beginning, the end, and one.</summary>
    public void AddSlice(long? start, long? stop, long? step)
    {
        long by = step ?? 1;
        Parts.Add(new Part(Kind.Slice, Operand.Omitted, start ?? (by > 0 ? 0 : Last), stop ?? (by > 0 ? Last : -Last), by));
    }

    /// <summary>Adds a new axis of extent 1.</summary>
    public void AddAxis() => Parts.Add(new Part(Kind.NewAxis, Operand.Omitted));

    /// <summary>Adds the ellipsis.</summary>
    public void AddEllipsis(Token<TokenKind> at) => hasEllipsis = hasEllipsis ? throw at.Error("an index may have only one '...'") : true;

    /// <summary>Adds the nodes of the index.</summary>
    /// <param name="value">The indexed value.</param>
    /// <param name="graph">The graph.</param>
    public Operand Apply(Operand value, DefinitionBuilder graph)
    {
        if (beforeEllipsis.Count + afterEllipsis.Count == 0 && !hasEllipsis)
        {
            throw word.Error("an index is missing: expected x[0], x[1:3] or x[:, 0]");
        }

        // A tensor of indices inserts as many axes as it has, an unknown number: it comes last. After an ellipsis, axes count from the end.
        Operand result = value;
        (Operand Places, long Axis)? tensor = null;
        long axis = 0;
        foreach (Part part in beforeEllipsis)
        {
            tensor = part.Kind == Kind.Tensor ? (part.Place, axis) : tensor;
            result = Apply(result, part, axis, graph);
            axis += part.Kind == Kind.Element ? 0 : 1;
        }

        axis = -1;
        foreach (Part part in Enumerable.Reverse(afterEllipsis))
        {
            tensor = part.Kind == Kind.Tensor ? (part.Place, axis) : tensor;
            result = Apply(result, part, axis, graph);
            axis -= part.Kind == Kind.Element ? 0 : 1;
        }

        return tensor is { } gather ? graph.Add("Gather", [result, gather.Places], Attributes("axis", gather.Axis)) : result;
    }

    private static Operand Apply(Operand value, Part part, long axis, DefinitionBuilder graph) => part switch
    {
        { Kind: Kind.Element } => graph.Add("Gather", [value, part.Place], Attributes("axis", axis)),
        { Kind: Kind.NewAxis } => graph.Add("Unsqueeze", [value], new Dictionary<string, AttributeValue> { ["axes"] = new[] { axis } }),
        { Kind: Kind.Slice, Start: 0, Stop: Last, Step: 1 } or { Kind: Kind.Tensor } => value,
        _ => graph.Add("Slice", [value], new Dictionary<string, AttributeValue>
        {
            ["starts"] = new[] { part.Start },
            ["ends"] = new[] { part.Stop },
            ["axes"] = new[] { axis },
            ["steps"] = new[] { part.Step },
        }),
    };

    private static Dictionary<string, AttributeValue> Attributes(string name, long value) => new() { [name] = value };

    private readonly record struct Part(Kind Kind, Operand Place, long Start = 0, long Stop = 0, long Step = 0);
}
