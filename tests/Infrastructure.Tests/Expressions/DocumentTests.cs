using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>The examples of docs/expressions.md can be parsed.</summary>
public class DocumentTests
{
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name));

    public static TheoryData<string> Examples =>
        [.. File.ReadLines(Document()).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Code(line.Replace(@"\|", "¦")[..line.IndexOf(" | ", 1, StringComparison.Ordinal)]))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_can_be_read(string expression) => Parser.Parse(expression, ["x"], CancellationToken.None).Nodes.ShouldNotBeEmpty();

    [Fact]
    public void Every_function_is_known()
    {
        string[] names = [.. File.ReadLines(Document()).SkipWhile(line => line != "| family | functions |").Where(line => line.StartsWith('|')).SelectMany(Code).Select(code => code.Split('(')[0]).Where(name => name != "@")];
        names.Length.ShouldBeGreaterThan(150);
        names.Where(name => Unknown($"y = {name}(x)")).ShouldBeEmpty();
    }

    private static bool Unknown(string expression)
    {
        try
        {
            Parser.Parse(expression);
            return false;
        }
        catch (GraphException error)
        {
            return error.Message.Contains("unknown function", StringComparison.Ordinal) || error.Message.Contains("is not supported: ", StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Code(string text) => Regex.Matches(text, "`([^`]+)`").Select(match => match.Groups[1].Value.Replace('¦', '|'));

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "expressions.md");
}
