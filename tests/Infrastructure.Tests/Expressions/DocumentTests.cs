using System.Runtime.CompilerServices;
using System.Text.Json;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Formats.Expressions.Reference;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>docs/expressions.md is what the parser reads. UPDATE_EXPRESSIONS=1 rewrites it.</summary>
public class DocumentTests
{
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name));
    private static readonly LanguageReference Language = Parser.Reference;

    public static TheoryData<string> Forms =>
        [.. Language.Notation.SelectMany(entry => entry.Forms), .. Language.Operators.SelectMany(entry => entry.Forms), .. Language.Examples.Select(entry => entry.Expression)];

    public static TheoryData<string> Names => [.. Functions.Select(entry => entry.Names[0])];

    private static IEnumerable<FunctionEntry> Functions => Language.Families.SelectMany(family => family.Functions);

    [Fact]
    public void The_page_is_written_from_the_table()
    {
        string text = ReferenceDocument.Text(Language);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPRESSIONS") == "1")
        {
            File.WriteAllText(Path(), text);
        }

        File.ReadAllText(Path()).Replace("\r", string.Empty).ShouldBe(text, "UPDATE_EXPRESSIONS=1 dotnet test tests/Infrastructure.Tests rewrites docs/expressions.md");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_can_be_read(string expression) => Parser.Parse(expression).Nodes.ShouldNotBeEmpty();

    /// <summary>The table lists every function that can be called, once.</summary>
    [Fact]
    public void Every_operator_is_covered()
    {
        string[] known = [.. Functions.SelectMany(entry => entry.Names).Select(FunctionTable.Key)];
        known.Distinct().Count().ShouldBe(known.Length);
        OperatorTable.All.Select(row => FunctionTable.Key(row.Name)).Except(known).ShouldBeEmpty();
    }

    /// <summary>A call with the fewest and the most operands of the signature, and with each of its keywords, is not rejected for these.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_is_what_the_function_accepts(string name)
    {
        FunctionEntry entry = Functions.Single(candidate => candidate.Names[0] == name);
        string[] required = [.. entry.Operands.Where(operand => !operand.EndsWith('?')).Select((_, i) => $"x{i}")];
        string[] all = [.. entry.Operands.Select((_, i) => $"x{i}")];
        foreach (string[] operands in (string[][])[required, all])
        {
            Message($"{name}({string.Join(", ", operands)})").ShouldNotContain(", got ");
        }

        foreach ((string keyword, string standard) in entry.Keywords)
        {
            string value = double.TryParse(standard, out _) ? standard : "1";
            Message($"{name}({string.Join(", ", required.Append($"{keyword}={value}"))})").ShouldNotContain("no keyword");
        }

    }

    [Fact]
    public void Examples_have_inputs_and_gradients_of_the_same_names()
    {
        Language.Examples.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (ExampleEntry example in Language.Examples)
        {
            string[] inputs = [.. JsonDocument.Parse(example.Inputs).RootElement.EnumerateObject().Select(member => member.Name)];
            JsonDocument.Parse(example.Gradients).RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(inputs);
            Parser.Parse(example.Expression, inputs, CancellationToken.None).Inputs.Select(input => input.Name).Order().ShouldBe(inputs.Order());
        }
    }

    private static string Message(string expression)
    {
        try
        {
            Parser.Parse(expression);
            return string.Empty;
        }
        catch (GraphException error)
        {
            return error.Message;
        }
    }

    private static string Path([CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "expressions.md");
}
