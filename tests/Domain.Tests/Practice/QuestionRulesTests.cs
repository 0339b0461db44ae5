using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class QuestionRulesTests
{
    private static readonly Question Choose = new()
    {
        Id = "product",
        Topic = "rules",
        Kind = QuestionFormat.MultipleChoice,
        Difficulty = DifficultyLevel.Easy,
        Title = "Product",
        Prompt = "∂(xy)/∂x?",
        Explanation = "Linear in x.",
        Citations = [new Citation("Leibniz", "Nova methodus", 1684)],
        Choices = [new Choice("y", true, "Yes."), new Choice("x", false, "By y.")],
    };

    private static readonly Question Number = Choose with
    {
        Id = "number",
        Kind = QuestionFormat.Numeric,
        Choices = null,
        Numeric = new NumericKey { Value = 100, Mistakes = [new NumericMistake(50, "Half.")] },
    };

    private static readonly Question Formula = Choose with
    {
        Id = "formula",
        Kind = QuestionFormat.Expression,
        Choices = null,
        Expression = new ExpressionKey { Formula = "2*x", Variables = [new Variable("x")] },
    };

    private static readonly Question Statement = Choose with { Id = "statement", Kind = QuestionFormat.TrueFalse, Choices = null, Truth = new TruthKey("No.", true) };

    private static readonly Question Talk = Choose with
    {
        Id = "talk",
        Kind = QuestionFormat.Interview,
        Choices = null,
        Interview = new InterviewKey("Because.", [new RubricFact("cause", "The cause")], []),
    };

    public static TheoryData<string, Question> Faulty() => new()
    {
        { "id", Choose with { Id = "Product" } },
        { "id", Choose with { Id = "facets" } },
        { "id", Choose with { Id = "a--b" } },
        { "topic", Choose with { Topic = "unknown" } },
        { "title", Choose with { Title = " " } },
        { "title", Choose with { Title = "Two\nlines" } },
        { "prompt", Choose with { Prompt = "" } },
        { "prompt", Choose with { Prompt = "bell\a" } },
        { "prompt", Choose with { Prompt = "{{layers}} layers" } },
        { "explanation", Choose with { Explanation = new string('x', 20_001) } },
        { "citations", Choose with { Citations = [] } },
        { "citations[0].year", Choose with { Citations = [new Citation("A", "B", 168)] } },
        { "citations[0].url", Choose with { Citations = [new Citation("A", "B", 1684, Url: "javascript:alert(1)")] } },
        { "companies[0].source", Choose with { Companies = [new CompanyTag("Google", "")] } },
        { "companies[1].name", Choose with { Companies = [new CompanyTag("Meta", "s"), new CompanyTag("meta", "s")] } },
        { "hints[0]", Choose with { Hints = ["  "] } },
        { "tags[0]", Choose with { Tags = ["Quick check"] } },
        { "tags[1]", Choose with { Tags = ["a", "a"] } },
        { "figure.inputs.x", Choose with { Figure = new Figure("y = x", new Dictionary<string, double> { ["x"] = double.NaN }) } },
        { "open", Number with { Open = true } },
        { "choices", Choose with { Choices = null } },
        { "choices", Choose with { Choices = [new Choice("y", true, "Yes."), new Choice("x", true, "Yes.")] } },
        { "choices", Choose with { Choices = [new Choice("y", false, "No."), new Choice("x", false, "No.")] } },
        { "choices", Choose with { Choices = [new Choice("y", true, "Yes.")] } },
        { "choices", Choose with { Kind = QuestionFormat.MultiSelect, Choices = [new Choice("y", false, "No."), new Choice("x", false, "No.")] } },
        { "choices[1].text", Choose with { Choices = [new Choice("y  z", true, "Yes."), new Choice(" y z", false, "No.")] } },
        { "choices[0].feedback", Choose with { Choices = [new Choice("y", true, ""), new Choice("x", false, "No.")] } },
        { "numeric", Number with { Numeric = null } },
        { "choices", Number with { Choices = Choose.Choices } },
        { "numeric.value", Number with { Numeric = new NumericKey() } },
        { "numeric.value", Number with { Numeric = new NumericKey { Value = double.PositiveInfinity } } },
        { "numeric.rtol", Number with { Numeric = new NumericKey { Value = 1, Rtol = -0.1 } } },
        { "numeric.atol", Number with { Numeric = new NumericKey { Value = 1, Atol = double.NaN } } },
        { "numeric.unit", Number with { Numeric = new NumericKey { Value = 1, Unit = " s" } } },
        { "numeric.significantFigures", Number with { Numeric = new NumericKey { Value = 1, SignificantFigures = 0 } } },
        { "numeric.mistakes[0].value", Number with { Numeric = new NumericKey { Value = 100, Mistakes = [new NumericMistake(101, "Close.")] } } },
        { "expression.formula", Formula with { Expression = new ExpressionKey { Variables = [new Variable("x")] } } },
        { "expression.variables", Formula with { Expression = new ExpressionKey { Formula = "2" } } },
        { "expression.variables[0]", Formula with { Expression = new ExpressionKey { Formula = "x", Variables = [new Variable("x", 2, -2)] } } },
        { "expression.variables[0].name", Formula with { Expression = new ExpressionKey { Formula = "x", Variables = [new Variable("2x")] } } },
        { "truth.value", Statement with { Truth = new TruthKey("No.") } },
        { "interview.rubric", Talk with { Interview = new InterviewKey("Because.", [], []) } },
        { "interview.rubric[1].id", Talk with { Interview = new InterviewKey("B.", [new RubricFact("a", "A"), new RubricFact("a", "B")], []) } },
        { "interview.followUpAnswers", Talk with { Interview = new InterviewKey("B.", [new RubricFact("a", "A")], ["And?"], []) } },
        { "interview.followUpAnswers[0]", Talk with { Interview = new InterviewKey("B.", [new RubricFact("a", "A")], ["And?"], [" "]) } },
        { "keywords[0]", Choose with { Keywords = [""] } },
        { "interview.rubric[0].weight", Talk with { Interview = new InterviewKey("B.", [new RubricFact("a", "A", 0)], []) } },
        { "template", Talk with { Template = new Template("t", new Dictionary<string, ParameterRange>()) } },
        { "template.parameters.n", Drawn(new ParameterRange { From = 1 }) },
        { "template.parameters.n", Drawn(new ParameterRange { From = 2, To = 1 }) },
        { "template.parameters.n", Drawn(new ParameterRange { From = 1, To = 2, Values = [1] }) },
        { "template.parameters.n.values", Drawn(new ParameterRange { Values = [] }) },
        { "template.parameters.n.step", Drawn(new ParameterRange { From = 1, To = 2, Step = 0 }) },
    };

    [Fact]
    public void What_is_sound_passes()
    {
        Question pattern = Drawn(new ParameterRange { From = 1, To = 9 }) with { Prompt = "{{n}} layers?" };
        QuestionRules.Check(new QuestionSet([new Topic("rules", "Rules")], [Choose, Number, Formula, Statement, Talk, pattern])).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_is_not_is_named_by_its_path(string path, Question question) =>
        QuestionRules.Check(question, new HashSet<string> { "rules" }).Select(fault => fault.Path).ShouldContain(path);

    [Fact]
    public void Ids_are_unique_in_a_set()
    {
        var set = new QuestionSet([new Topic("rules", "Rules"), new Topic("rules", "Again")], [Choose, Number, Choose]);
        QuestionRules.Check(set).Select(fault => fault.Path).ShouldBe(["topics[1].id", "questions[2].id"]);
    }

    [Theory]
    [InlineData(null, null, 100.9, true)]
    [InlineData(null, null, 101.1, false)]
    [InlineData(0.1, null, 109.0, true)]
    [InlineData(null, 0.5, 100.6, false)]
    [InlineData(0.001, 5.0, 104.0, true)]
    public void A_number_is_met_within_either_tolerance(double? rtol, double? atol, double given, bool met) =>
        new NumericKey { Rtol = rtol, Atol = atol }.IsMetBy(100, given).ShouldBe(met);

    private static Question Drawn(ParameterRange range) => Number with
    {
        Id = "drawn",
        Numeric = null,
        Template = new Template("t", new Dictionary<string, ParameterRange> { ["n"] = range }),
    };
}
