using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Expressions.Reference;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Parses graphs written as text: <c>z = w*x + b; L = z^2</c>. Statements end with <c>;</c> or a new line, each names a node, the last one is the
/// output (<c>out</c> if it has no name). Free names are inputs in order of appearance, and <c>#</c> begins a comment. Time and memory are
/// proportional to the length of the text, however deeply it nests.
/// </summary>
/// <param name="operators">The ONNX names of all operators, which can be called in any case.</param>
/// <param name="maxNodes">The maximum number of nodes and inputs of an expression.</param>
public sealed class ExpressionParser(IEnumerable<string> operators, int maxNodes = 1_000_000)
{
    private readonly FunctionTable functions = new(operators);
    private LanguageReference? reference;

    /// <summary>The language that this parser reads.</summary>
    public LanguageReference Reference => reference ??= new LanguageReference(
        Notation.Entries,
        Notation.Operators,
        [.. Constants.All.Select(constant => new ConstantEntry(constant.Name, constant.Value, constant.Meaning))],
        FunctionCatalogue.Of(functions),
        Examples.All);

    /// <summary>True if expressions can call a function of this name.</summary>
    public bool IsFunction(string name) => functions.Contains(name);

    /// <summary>The graph described by <paramref name="text"/>.</summary>
    /// <exception cref="GraphException">A syntax error, at <c>expression</c>: its line, its column and what was expected.</exception>
    public GraphDefinition Parse(string text) => Parse(text, CancellationToken.None);

    /// <summary>The graph described by <paramref name="text"/>; parsing stops when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <exception cref="GraphException">A syntax error, at <c>expression</c>: its line, its column and what was expected.</exception>
    public GraphDefinition Parse(string text, CancellationToken cancellationToken) => Parse(text, null, cancellationToken);

    /// <summary>The graph described by <paramref name="text"/>; parsing stops when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="given">The names of the submitted values, if known: without a value, <c>e</c> is Euler's number.</param>
    /// <param name="cancellationToken">Cancels parsing.</param>
    /// <exception cref="GraphException">A syntax error, at <c>expression</c>: its line, its column and what was expected.</exception>
    public GraphDefinition Parse(string text, IEnumerable<string>? given, CancellationToken cancellationToken)
    {
        var tokens = new TokenReader(text, cancellationToken);
        var graph = new DefinitionBuilder(text, maxNodes, given);
        var operands = new OperandParser(tokens, graph, functions, maxNodes);
        bool isEmpty = true;
        for (SkipSeparators(tokens); tokens.Current.Kind != TokenKind.End; SkipSeparators(tokens))
        {
            ParseStatement(tokens, graph, operands);
            isEmpty = false;
        }

        return isEmpty ? throw tokens.Current.Unexpected("a statement such as 'L = a*b'") : graph.Build();
    }

    private static void ParseStatement(TokenReader tokens, DefinitionBuilder graph, OperandParser operands)
    {
        Token<TokenKind> first = tokens.Current;
        if (first.Kind == TokenKind.Assign)
        {
            throw first.Unexpected("a name before '='");
        }

        if (first.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign)
        {
            tokens.Take();
            tokens.Take();
            graph.Begin(first.ToStringValue());
            graph.End(first, operands.Parse());
            return;
        }

        graph.Begin(null);
        Operand result = operands.Parse();
        SkipSeparators(tokens);
        if (tokens.Current.Kind != TokenKind.End)
        {
            throw first.Error("only the last statement may have no name: expected 'name = …'");
        }

        graph.End(result);
    }

    private static void SkipSeparators(TokenReader tokens)
    {
        while (tokens.TryTake(TokenKind.Separator))
        {
        }
    }
}
