using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

/// <summary>What is wrong with an exercise is named by its path, as far as it can be seen without running it.</summary>
public sealed class ExerciseRulesTests
{
    private static readonly Dimension N = new(0, "N");
    private static readonly Dimension D = new(0, "D");

    private static readonly DerivationKey Derivation = new()
    {
        Forward = "y = x @ w",
        Inputs = new Dictionary<string, DrawnInput> { ["x"] = new() { Shape = [N, D] }, ["w"] = new() { Shape = [D] }, ["ids"] = new() { Shape = [N], Below = D } },
        Sizes = Sizes((2, 3), (3, 5), (1, 4)),
        Cotangents = new Dictionary<string, string> { ["y"] = "dy" },
        Asked = [new AskedGradient("w", "dw", "x.T @ dy") { Mistakes = [new GradientMistake("x @ dy", "Transpose.")] }],
    };

    private static readonly DebuggingKey Debugging = new()
    {
        Code = ["y = x @ w", "L = sum(y)", "dw = sum(x)"],
        Line = 3,
        Correct = "dw = sum(x, axis=0)",
        Inputs = Derivation.Inputs,
        Sizes = Derivation.Sizes,
        Results = new Dictionary<string, string?> { ["dw"] = "w" },
        Of = "L",
        Mistakes = [new DebuggingMistake(2, "No."), new DebuggingMistake(3, "No.", "dw = x")],
    };

    public static TheoryData<string, DerivationKey> FaultyDerivations => new()
    {
        { "forward", Derivation with { Forward = " " } },
        { "inputs", Derivation with { Inputs = new Dictionary<string, DrawnInput>() } },
        { "inputs.2x", Derivation with { Inputs = Given("2x", new DrawnInput()) } },
        { "inputs.N", Derivation with { Inputs = Given("N", new DrawnInput()) } },
        { "inputs.x", Derivation with { Inputs = Given("x", new DrawnInput { From = 1, To = 1 }) } },
        { "inputs.x", Derivation with { Inputs = Given("x", new DrawnInput { To = double.NaN }) } },
        { "inputs.x.shape", Derivation with { Inputs = Given("x", new DrawnInput { Shape = [new Dimension(0, "K")] }) } },
        { "inputs.x.shape", Derivation with { Inputs = Given("x", new DrawnInput { Shape = [new Dimension(0)] }) } },
        { "inputs.x.shape", Derivation with { Inputs = Given("x", new DrawnInput { Shape = [new Dimension(17)] }) } },
        { "inputs.x.shape", Derivation with { Inputs = Given("x", new DrawnInput { Shape = [D, D, D, D, D] }) } },
        { "inputs.x.shape", Derivation with { Inputs = Given("x", new DrawnInput { Shape = [N, N, N, N, N, N] }) } },
        { "inputs.x.below", Derivation with { Inputs = Given("x", new DrawnInput { Below = new Dimension(0, "K") }) } },
        { "sizes", Derivation with { Sizes = Sizes((2, 3), (3, 5)) } },
        { "sizes", Derivation with { Sizes = Sizes((2, 2), (3, 3), (4, 4)) } },
        { "sizes[1].D", Derivation with { Sizes = Sizes((2, 3), (3, 0), (1, 4)) } },
        { "sizes[2].D", Derivation with { Sizes = [.. Sizes((2, 3), (3, 5)), new Dictionary<string, int> { ["N"] = 1 }] } },
        { "cotangents.y", Derivation with { Cotangents = new Dictionary<string, string> { ["y"] = "x" } } },
        { "cotangents.y", Derivation with { Cotangents = new Dictionary<string, string> { ["y"] = "d y" } } },
        { "asked", Derivation with { Asked = [] } },
        { "asked[0].name", Derivation with { Asked = [new AskedGradient("w", "dy", "x")] } },
        { "asked[1].name", Derivation with { Asked = [new AskedGradient("w", "dw", "x"), new AskedGradient("x", "dw", "x")] } },
        { "asked[0].expression", Derivation with { Asked = [new AskedGradient("w", "dw", "")] } },
        { "asked[0].mistakes[0].feedback", Derivation with { Asked = [new AskedGradient("w", "dw", "x") { Mistakes = [new GradientMistake("x", "")] }] } },
    };

    public static TheoryData<string, DebuggingKey> FaultyPrograms => new()
    {
        { "code", Debugging with { Code = ["y = x"], Line = 1 } },
        { "code[1]", Debugging with { Code = ["y = x", "L = sum(y)\nz = 1", "dw = sum(x)"] } },
        { "line", Debugging with { Line = 0 } },
        { "line", Debugging with { Line = 4 } },
        { "correct", Debugging with { Correct = "dw = sum(x)" } },
        { "results", Debugging with { Results = new Dictionary<string, string?>() } },
        { "results.dw", Debugging with { Results = new Dictionary<string, string?> { ["dw"] = "v" } } },
        { "results.dw", Debugging with { Results = new Dictionary<string, string?> { ["dw"] = "ids" } } },
        { "of", Debugging with { Of = null } },
        { "mistakes[0].line", Debugging with { Mistakes = [new DebuggingMistake(9, "No.")] } },
        { "mistakes[0].feedback", Debugging with { Mistakes = [new DebuggingMistake(1, " ")] } },
        { "mistakes[0].fix", Debugging with { Mistakes = [new DebuggingMistake(1, "No.", "a = 1\nb = 2")] } },
    };

    [Fact]
    public void What_is_sound_passes()
    {
        Check(Asking(QuestionFormat.Derivation) with { Derivation = Derivation }).ShouldBeEmpty();
        Check(Asking(QuestionFormat.Debugging) with { Debugging = Debugging }).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(FaultyDerivations))]
    public void What_is_wrong_with_a_derivation_is_named(string path, DerivationKey key) =>
        Check(Asking(QuestionFormat.Derivation) with { Derivation = key }).ShouldContain($"derivation.{path}");

    [Theory]
    [MemberData(nameof(FaultyPrograms))]
    public void What_is_wrong_with_a_program_is_named(string path, DebuggingKey key) =>
        Check(Asking(QuestionFormat.Debugging) with { Debugging = key }).ShouldContain($"debugging.{path}");

    [Fact]
    public void The_key_is_that_of_the_kind()
    {
        Check(Asking(QuestionFormat.Derivation)).ShouldBe(["derivation"]);
        Check(Asking(QuestionFormat.Debugging) with { Derivation = Derivation }).ShouldBe(["derivation", "debugging"]);
        Check(Asking(QuestionFormat.Debugging) with { Debugging = Debugging, Open = true }).ShouldBe(["open"]);
        Check(Asking(QuestionFormat.Derivation) with { Derivation = Derivation, Template = new Template("t", new Dictionary<string, ParameterRange>()) }).ShouldBe(["template"]);
    }

    private static string[] Check(Question question) => [.. QuestionRules.Check(question, new HashSet<string> { "rules" }).Select(fault => fault.Path)];

    private static Dictionary<string, DrawnInput> Given(string name, DrawnInput input) => new() { [name] = input };

    private static IReadOnlyDictionary<string, int>[] Sizes(params (int N, int D)[] sizes) =>
        [.. sizes.Select(size => new Dictionary<string, int> { ["N"] = size.N, ["D"] = size.D })];

    private static Question Asking(QuestionFormat kind) => new()
    {
        Id = "exercise",
        Topic = "rules",
        Kind = kind,
        Difficulty = DifficultyLevel.Easy,
        Title = "Exercise",
        Prompt = "Derive.",
        Explanation = "So.",
        Citations = [new Citation("Leibniz", "Nova methodus", 1684)],
    };
}
