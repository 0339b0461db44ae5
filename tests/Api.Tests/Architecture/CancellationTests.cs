using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Architecture;

/// <summary>
/// Clients choose the size of a graph. Code that loops over its nodes, or the operands or values of one of them, must check for cancellation in the
/// same member. Read from the source text: a loop is recognised by the name of what it iterates over.
/// </summary>
public sealed partial class CancellationTests
{
    private static readonly string[] Folders =
    [
        "src/Domain/Graphs", "src/Domain/Transformations", "src/Domain/Operators", "src/Infrastructure/Formats/Expressions",
        "src/Infrastructure/Formats/Onnx", "src/Compute/Engine",
    ];

    // Members by file that may omit the check, and why.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["NormalizedNode.SharedType"] = "one look at each operand of one node",
        ["NormalizedNode.Put"] = "as many places as the row has",
        ["NormalizedNode.MoveStatics"] = "as many operands as the row has, and those omitted after them",
        ["LayerChain.Add"] = "one look at each operand of one node",
        ["NodeKey.NodeKey"] = "one look at each operand of one node",
        ["Rewrites.WithoutExpansion"] = "elementwise primitives have three operands at most",
        ["PrimitiveRows.BatchElementwise"] = "elementwise primitives have three operands at most",
        ["OperandStack.Reduce"] = "what waits was read word by word, and each word asked",
        ["NodeImport.Add"] = "values omitted after the last one that is used",
        ["NodeImport.Bind"] = "counted by the budget, which asks, before",
        ["ControlNode.Name"] = "the values of one node, which the budget has counted",
        ["DefinitionEmission.PartOf"] = "the budget counts each node, and asks",
        ["TypeTranslations.WholePositions"] = "two places",
        ["ModelWriter.Function"] = "functions of our own, of twenty nodes",
        ["Call.WithNumbers"] = "as many numbers as a function has keywords",
        ["NonFiniteValues.IsGap"] = "one look at each operand of one node",
        ["PlanKey.Of"] = "one look at each input",
        ["PlanKey.OfValues"] = "one look at each input",
        ["SavedMarks.Value"] = "what batching put on top of one value",
    };

    [Fact]
    public void Loops_over_a_graph_ask_whether_they_are_cancelled()
    {
        string[] silent = [.. Members().Where(member => member.Loops && !Asks().IsMatch(member.Text)).Select(member => member.Name).Distinct()];
        silent.Except(Exceptions.Keys).ShouldBeEmpty("these loop over parts of a graph and take no notice of cancellation");
    }

    [Fact]
    public void No_exception_is_out_of_date()
    {
        HashSet<string> silent = [.. Members().Where(member => member.Loops && !Asks().IsMatch(member.Text)).Select(member => member.Name)];
        Exceptions.Keys.ShouldAllBe(name => silent.Contains(name));
    }

    [Fact]
    public void Loops_are_found() => Members().Count(member => member.Loops).ShouldBeGreaterThan(40);

    private static IEnumerable<(string Name, string Text, bool Loops)> Members()
    {
        foreach (string file in Folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)))
        {
            string[] lines = File.ReadAllLines(file);
            int[] starts = [.. Enumerable.Range(0, lines.Length).Where(i => Member().IsMatch(lines[i]))];
            for (int i = 0; i < starts.Length; i++)
            {
                string[] text = lines[starts[i]..(i + 1 < starts.Length ? starts[i + 1] : lines.Length)];
                string name = Name().Match(lines[starts[i]]) is { Success: true } match ? match.Groups["name"].Value : "?";
                yield return ($"{Path.GetFileNameWithoutExtension(file)}.{name}", string.Join('\n', text), text.Any(line => Loop().IsMatch(line)));
            }
        }
    }

    [GeneratedRegex(@"^\s*(foreach|for|while)\b.*(\.(Nodes|Order)\b|\b(nodes|Inputs|inputs|operands|Outputs|outputs|parts)\b|\b(pending|ready)\.)")]
    private static partial Regex Loop();

    [GeneratedRegex(@"^( {4}| {8})(public|private|internal|protected|static)\b")]
    private static partial Regex Member();

    [GeneratedRegex(@"(?<name>\w+)(<[^>]*>)?\(")]
    private static partial Regex Name();

    [GeneratedRegex(@"ancellation|\bBudget\.")]
    private static partial Regex Asks();
}
