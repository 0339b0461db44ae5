using System.Globalization;
using Backprop.Domain.Graphs;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>A random expression, printed with only the parentheses that Python needs, is parsed as its original tree.</summary>
public class RoundTripTests
{
    private static readonly Dictionary<string, (string Op, int Precedence)> Binary = new()
    {
        ["<"] = ("Less", 1),
        [">="] = ("GreaterOrEqual", 1),
        ["+"] = ("Add", 2),
        ["-"] = ("Sub", 2),
        ["*"] = ("Mul", 3),
        ["/"] = ("Div", 3),
        ["@"] = ("MatMul", 3),
        ["**"] = ("Pow", 5),
    };

    private static readonly Gen<Tree> Trees = Gen.Recursive<Tree>((depth, inner) => depth > 6 ? Leaves : Gen.Frequency(
        (2, Leaves),
        (1, inner.Select(x => new Tree("neg", x))),
        (1, Gen.Select(Gen.OneOf("exp", "sin"), inner, (f, x) => new Tree(f, x))),
        (4, Gen.Select(Gen.OneOf([.. Binary.Keys]), inner, inner, (op, x, y) => new Tree(op, x, y)))));

    private static Gen<Tree> Leaves => Gen.OneOf(
        Gen.OneOf("x", "y", "long_name").Select(name => new Tree(name)),
        Gen.Int[0, 99].Select(i => new Tree(i.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void Printing_and_parsing_gives_the_same_tree() => Trees.Sample(tree =>
    {
        GraphDefinition graph = Written.Parse("L = " + Print(tree, 0));
        Rebuilt(graph.Outputs[0], graph).ShouldBe(Expected(tree));
    }, iter: 3000);

    private static string Print(Tree tree, int outer)
    {
        if (tree.Right is not null)
        {
            int own = Binary[tree.Word].Precedence;
            // ** takes a sign on its right; comparisons do not chain.
            string text = own == 5
                ? $"{Print(tree.Left!, 6)}**{Print(tree.Right, 4)}"
                : $"{Print(tree.Left!, own == 1 ? 2 : own)} {tree.Word} {Print(tree.Right, own + 1)}";
            return own < outer ? $"({text})" : text;
        }

        if (tree.Word == "neg")
        {
            string text = "-" + Print(tree.Left!, 4);
            return outer > 4 ? $"({text})" : text;
        }

        return tree.Left is null ? tree.Word : $"{tree.Word}({Print(tree.Left, 0)})";
    }

    private static string Expected(Tree tree) =>
        tree.Right is not null ? $"{Binary[tree.Word].Op}({Expected(tree.Left!)},{Expected(tree.Right)})"
        : tree.Word == "neg" ? Negated(Expected(tree.Left!))
        : tree.Left is null ? tree.Word
        : $"{(tree.Word == "exp" ? "Exp" : "Sin")}({Expected(tree.Left)})";

    // Signs before numbers are folded.
    private static string Negated(string operand) =>
        operand == "0" ? "-0" : double.TryParse(operand, out _) ? operand.StartsWith('-') ? operand[1..] : "-" + operand : $"Neg({operand})";

    private static string Rebuilt(string name, GraphDefinition graph)
    {
        NodeDefinition? node = graph.Nodes.SingleOrDefault(n => n.Name == name);
        if (node is null)
        {
            return name;
        }

        string[] operands = [.. node.Inputs.Select(o => o.Number is { } number ? number.Value[0].ToString(CultureInfo.InvariantCulture) : Rebuilt(o.Name!, graph))];

        // Truth values in arithmetic are converted to numbers.
        bool isNumber = node.Op == "CastLike" || (node.Op == "Where" && operands[1..] is ["1", "0"]);
        return node.Op == "Identity" || isNumber ? operands[0] : $"{node.Op}({string.Join(",", operands)})";
    }

    private sealed record Tree(string Word, Tree? Left = null, Tree? Right = null);
}
