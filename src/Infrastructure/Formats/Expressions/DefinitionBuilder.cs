using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Collects the inputs and nodes of an expression and tracks which names are defined.</summary>
/// <param name="text">The expression.</param>
/// <param name="maxNodes">The maximum number of nodes and inputs together.</param>
/// <param name="submitted">The names of the submitted values, or null if they are not known.</param>
internal sealed class DefinitionBuilder(string text, int maxNodes, IEnumerable<string>? submitted = null)
{
    // Every node of a statement is named after it: a long name would be stored once per node.
    private const int LongestPrefix = 100;

    private static readonly FrozenSet<string> Truths =
        ["Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "And", "Or", "Xor", "Not", "IsNaN", "IsInf"];

    private readonly HashSet<string>? submitted = submitted?.ToHashSet();
    private readonly List<InputDefinition> inputs = [];
    private readonly List<ConstantDefinition> constants = [];
    private readonly HashSet<string> truths = [];
    private readonly List<NodeDefinition> nodes = [];
    private readonly HashSet<string> given = [];
    private readonly Dictionary<string, int> usedFree = [];
    private string prefix = string.Empty;
    private string statement = string.Empty;
    private string? function;
    private long size;
    private int firstOfStatement;
    private int unnamed;
    private int shortened;
    private FunctionScope? scope;
    private TextPlace place = new(text, 0, 0);

    /// <summary>Begins a statement that defines <paramref name="name"/>; null if it has none.</summary>
    public void Begin(string? name)
    {
        statement = name ?? FreeName();
        prefix = statement.Length <= LongestPrefix ? statement : $"{statement[..LongestPrefix]}…{++shortened}";
        firstOfStatement = nodes.Count;
        unnamed = 0;
    }

    /// <summary>The value of a name: an earlier node, the number pi or e, or an input.</summary>
    public Operand Reference(Token<TokenKind> word)
    {
        string name = word.ToStringValue();
        if (scope is not null && scope.Operands.TryGetValue(name, out Operand local))
        {
            return local;
        }

        if (given.Contains(name))
        {
            return name;
        }

        double? number = Constants.Value(name, submitted);
        if (usedFree.TryAdd(name, word.Position.Line) && number is null)
        {
            RequireRoom(0);
            inputs.Add(new InputDefinition(name) { Place = word.Place() });
        }

        return number is { } value ? Literal.Of(value) : name;
    }

    /// <summary>True if the name has a value: a statement defines it, a value is submitted for it, or it was used as an input.</summary>
    public bool IsValue(string name) => scope?.Operands.ContainsKey(name) == true || given.Contains(name) || usedFree.ContainsKey(name)
        || submitted?.Contains(name) == true;

    /// <summary>True if values are submitted, but none for this name, which nothing defines either.</summary>
    public bool IsMissing(string name) => submitted is not null && !IsValue(name) && Constants.Value(name, submitted) is null;

    /// <summary>Sets the part of the expression that the nodes added next compute. In the body of a function it stays that of the call.</summary>
    public void At(int start, int end)
    {
        if (scope is null)
        {
            place = new TextPlace(text, start, end - start);
        }
    }

    /// <summary>Writes the body of a function, in which names refer to its operands.</summary>
    public Operand Within(FunctionScope inner, string name, Func<Operand> write)
    {
        (FunctionScope? outerScope, string? outerFunction) = (scope, function);
        (scope, function) = (inner, function ?? name);
        try
        {
            return write();
        }
        finally
        {
            (scope, function) = (outerScope, outerFunction);
        }
    }

    /// <summary>A keyword as written, or with the value of its name in the body of a function.</summary>
    public Keyword Resolve(Keyword keyword) =>
        scope is not null && keyword.Value?.Texts is [var name] && scope.Keywords.TryGetValue(name, out AttributeValue? value)
            ? keyword with { Value = value } : keyword;

    /// <summary>Adds a node under a generated name, which contains a character that written names cannot.</summary>
    public Operand Add(string op, IReadOnlyList<Operand> operands, IReadOnlyDictionary<string, AttributeValue>? attributes = null) =>
        Add(op, operands, attributes, 0, 1);

    /// <summary>Adds a node with several results, of which one is used.</summary>
    public Operand Add(string op, IReadOnlyList<Operand> operands, IReadOnlyDictionary<string, AttributeValue>? attributes, int output, int outputs)
    {
        RequireRoom(GraphSize.Of(operands.Count));
        var scalar = new Operand[operands.Count];
        for (int i = 0; i < scalar.Length; i++)
        {
            scalar[i] = operands[i].Number is { Value.Shape.Rank: > 0 } list ? Constant(list) : operands[i];
        }

        string name = $"{prefix}.{++unnamed}";
        var node = new NodeDefinition(op, scalar, attributes ?? NodeDefinition.NoAttributes, Outputs(name, output, outputs))
        {
            Source = new NodeSource(statement, function, place),
        };
        nodes.Add(node);
        NoteTruth(node);
        return name;
    }

    private static string[] Outputs(string name, int output, int count)
    {
        var names = new string[count];
        Array.Fill(names, string.Empty);
        names[output] = name;
        return names;
    }

    /// <summary>True for the result of a comparison or another operator with a boolean result.</summary>
    public bool IsTruth(Operand operand) => operand.Name is { } name && truths.Contains(name);

    /// <summary>The operands of arithmetic, in which truth values count as 1 and 0, as in NumPy.</summary>
    public Operand[] Numeric(Operand left, Operand right) => [AsNumber(left, beside: right), AsNumber(right, beside: left)];

    private Operand AsNumber(Operand operand, Operand beside) => !IsTruth(operand) ? operand
        : beside.Number is not null || IsTruth(beside) ? Add("Where", [operand, Literal.Of(1), Literal.Of(0)])
        : Add("CastLike", [operand, beside]);

    private string Constant(Literal list)
    {
        RequireRoom(1);
        string name = $"{prefix}.{++unnamed}";
        constants.Add(new ConstantDefinition(name, list, IsFixed: true));
        return name;
    }

    private void NoteTruth(NodeDefinition node)
    {
        if (Truths.Contains(node.Op) || (node.Op == "Identity" && IsTruth(node.Inputs[0])))
        {
            truths.Add(node.Name);
        }
    }

    /// <summary>Gives the result of the statement the name that the statement defines.</summary>
    public void End(Token<TokenKind> word, Operand result)
    {
        string name = word.ToStringValue();
        if (usedFree.TryGetValue(name, out int line))
        {
            throw word.Error($"{word.Quoted()} is used before it is defined (on line {line})", name);
        }

        if (!given.Add(name))
        {
            throw word.Error($"{word.Quoted()} is defined twice", name);
        }

        Name(result, name);
    }

    /// <summary>Ends a statement without a name, which must be the last one.</summary>
    public void End(Operand result)
    {
        string name = FreeName();
        given.Add(name);
        Name(result, name);
    }

    /// <summary>The graph, whose output is the result of the last statement.</summary>
    public GraphDefinition Build() => new(inputs, constants, nodes, [nodes[^1].Name]);

    private void Name(Operand result, string name)
    {
        // If this statement added a node last, that node is its result; any other value belongs elsewhere and keeps its own name.
        if (nodes.Count == firstOfStatement || result.Name != nodes[^1].Name)
        {
            Add("Identity", [result]);
        }

        NodeDefinition last = nodes[^1];
        nodes[^1] = last with { Outputs = Array.ConvertAll((string[])last.Outputs, output => output.Length > 0 ? name : output) };
        NoteTruth(nodes[^1]);
    }

    private string FreeName()
    {
        string name = "out";
        for (int i = 1; given.Contains(name) || usedFree.ContainsKey(name); i++)
        {
            name = $"out_{i}";
        }

        return name;
    }

    private void RequireRoom(long more)
    {
        size += more;
        if (inputs.Count + size > maxNodes || inputs.Count + nodes.Count >= maxNodes)
        {
            throw new LimitException("Limits:MaxNodes", maxNodes, "more inputs and nodes, those of many operands counted as several", "expression");
        }
    }
}
