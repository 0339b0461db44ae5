using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Parses what contains dots as other libraries use them: properties (<c>x.T</c>), methods (<c>x.sum(axis=0)</c> is <c>sum(x, axis=0)</c>) and the
/// names of modules (<c>np.exp(x)</c>), which are left out.
/// </summary>
internal sealed class MemberReader(TokenReader tokens, DefinitionBuilder graph, OperandStack stack, CallReader calls)
{
    private static readonly FrozenSet<string> Modules = FrozenSet.ToFrozenSet(
        ["np", "numpy", "jnp", "jax", "torch", "math", "F", "nn", "tf", "scipy", "sp", "special", "linalg", "functional", "cmath"]);

    /// <summary>True before the name of a module that is not the name of a value.</summary>
    public bool AtModule => tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Dot
        && tokens.Current.ToStringValue() is var name && Modules.Contains(name) && !graph.IsValue(name);

    /// <summary>Reads a name with its modules: true if it leaves an operand, false if one must follow.</summary>
    public bool ReadModule()
    {
        int start = tokens.Current.Start();
        Token<TokenKind> module = tokens.Current;
        while (tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Dot)
        {
            tokens.Take();
            tokens.Take();
        }

        Token<TokenKind> name = tokens.Current;
        if (tokens.Next.Kind == TokenKind.Open)
        {
            return calls.Open(start, stack.Count);
        }

        double constant = name.ToStringValue() switch
        {
            "pi" => Math.PI,
            "e" => Math.E,
            _ => throw name.Error($"unknown constant {name.Quoted()} of {module.Quoted()}: expected pi, e or a function with its operands"),
        };
        stack.Push(tokens.Take(), Literal.Of(constant), start);
        return true;
    }

    /// <summary>Reads a property or a method of the last operand: true if it leaves an operand, false if one must follow.</summary>
    public bool ReadMember()
    {
        tokens.Take();
        Token<TokenKind> name = tokens.Current;
        WrittenOperand value = stack.Last;
        if (tokens.Next.Kind == TokenKind.Open)
        {
            return calls.Open(value.Start, stack.Count - 1);
        }

        tokens.Take();
        graph.At(value.Start, name.End());
        stack.Push(name, Property(name, stack.Pop().Value), value.Start);
        return true;
    }

    private Operand Property(Token<TokenKind> name, Operand value) => name.ToStringValue() switch
    {
        "T" => graph.Add("Transpose", [value]),
        "mT" => graph.Add("Einsum", [value], new Dictionary<string, AttributeValue> { ["equation"] = "...ij->...ji" }),
        "grad" => throw name.Error($"unknown property 'grad': {Refusals.Derivatives}"),
        _ => throw name.Error($"unknown property {name.Quoted()}: expected T, mT or a call such as x.sum()"),
    };
}
