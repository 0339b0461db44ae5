using System.Globalization;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Adds the nodes of a function that is defined by an expression.</summary>
internal sealed class DefinedFunction
{
    private readonly FunctionTable functions;
    private readonly string body;
    private readonly string[] parameters;
    private readonly (string Name, Literal? Default)[] keywords;

    /// <summary>The function of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="functions">The functions that it calls.</param>
    public DefinedFunction(Definition definition, FunctionTable functions)
    {
        (this.functions, body) = (functions, definition.Body);
        parameters = definition.Parameters.Split(' ');
        Keywords = definition.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(keyword => keyword.Contains('=') ? keyword : $"{keyword}={(keyword == "keepdims" ? "False" : "None")}");
        keywords = [.. definition.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Keyword)];
    }

    /// <summary>The names of the operands.</summary>
    public IReadOnlyList<string> Parameters => parameters;

    /// <summary>The keywords with their defaults.</summary>
    public IEnumerable<string> Keywords { get; }

    /// <summary>True if a call has as many operands as the function.</summary>
    public bool Takes(Call call) => call.Arguments.Length == parameters.Length;

    /// <summary>Adds the nodes of a call.</summary>
    public Operand Apply(Call call, DefinitionBuilder graph)
    {
        if (keywords.Any(keyword => keyword.Name == "axis") && parameters.Length == 1)
        {
            call = call.WithAxis();
        }

        call.RequireArguments(parameters.Length, parameters.Length);
        call.RequireKeywords(Array.ConvertAll(keywords, keyword => keyword.Name));
        var scope = new FunctionScope();
        for (int i = 0; i < parameters.Length; i++)
        {
            scope.Operands[parameters[i]] = call.Arguments[i];
        }

        foreach ((string name, Literal? otherwise) in keywords)
        {
            Add(scope, call, name, otherwise);
        }

        try
        {
            return graph.Within(scope, call.Word.ToStringValue(), () => Write(graph, scope));
        }
        catch (GraphException error) when (ReferenceEquals(error.Place?.Text, body))
        {
            throw error.At(call.Word);
        }
    }

    private static void Add(FunctionScope scope, Call call, string name, Literal? otherwise)
    {
        bool isGiven = call.Keywords.TryGetValue(name, out Keyword? given) && given.Value is not null;
        scope.Keywords[name] = isGiven ? given!.Value : otherwise is { } number ? new AttributeValue(number, null, false) : null;
        if (otherwise is not null && (!isGiven || given!.Value is { Numbers: not null, IsList: false }))
        {
            scope.Operands[name] = call.Number(name) ?? otherwise;
        }
    }

    private static (string Name, Literal? Default) Keyword(string text) => text.Split('=') is [var name, var number]
        ? (name, number.Contains('.', StringComparison.Ordinal)
            ? Literal.Of(double.Parse(number, CultureInfo.InvariantCulture))
            : Literal.Of(long.Parse(number, CultureInfo.InvariantCulture)))
        : (text, null);

    private Operand Write(DefinitionBuilder graph, FunctionScope scope)
    {
        var tokens = new TokenReader(body, CancellationToken.None);
        var operands = new OperandParser(tokens, graph, functions, body.Length);
        while (tokens.Next.Kind == TokenKind.Assign)
        {
            Token<TokenKind> name = tokens.Take();
            tokens.Take();
            scope.Operands[name.ToStringValue()] = operands.Parse();
            tokens.Take();
        }

        return operands.Parse();
    }
}

/// <summary>The bindings of the names in the body of a defined function.</summary>
internal sealed class FunctionScope
{
    /// <summary>Values by name.</summary>
    public Dictionary<string, Operand> Operands { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of keywords by name; null if the call gave none.</summary>
    public Dictionary<string, AttributeValue?> Keywords { get; } = new(StringComparer.Ordinal);
}
