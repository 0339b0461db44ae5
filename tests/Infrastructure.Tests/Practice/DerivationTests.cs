using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Every derivation of the bank proves itself: its references are what reverse mode computes, and its mistakes are not.</summary>
public sealed class DerivationTests
{
    private const int Seeds = 5;
    private static readonly Question[] All = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Derivation)];
    private static readonly DerivationGrader[] Graders = [.. Enumerable.Range(0, Seeds).Select(seed => Practising.At(seed).Derivations)];

    public static TheoryData<string> Ids => [.. All.Select(question => question.Id)];

    public static TheoryData<string, int, int> Mistakes
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (Question question in All)
            {
                foreach ((int index, AskedGradient asked) in question.Derivation!.Asked.Index())
                {
                    for (int mistake = 0; mistake < asked.Mistakes.Count; mistake++)
                    {
                        data.Add(question.Id, index, mistake);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_reference_is_the_gradient_at_points_of_many_seeds(string id)
    {
        Question question = Practising.Find(id);
        foreach (DerivationGrader grader in Graders)
        {
            Graded grade = grader.Grade(question.Derivation!, ExpectedAnswer.Of(question)).ShouldBeOfType<Graded>();
            grade.Score.ShouldBe(1, grade.Feedback);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_costs_its_part_and_gets_its_feedback(string id, int index, int mistake)
    {
        DerivationKey key = Practising.Find(id).Derivation!;
        GradientMistake wrong = key.Asked[index].Mistakes[mistake];
        foreach (DerivationGrader grader in Graders)
        {
            Graded grade = grader.Grade(key, Replaced(key, index, wrong.Expression)).ShouldBeOfType<Graded>();
            grade.Score.ShouldBe((key.Asked.Count - 1.0) / key.Asked.Count, 1e-12, wrong.Expression);
            grade.Parts[index].ShouldSatisfyAllConditions(part => part.IsCorrect.ShouldBeFalse(), part => part.Feedback.ShouldBe(wrong.Feedback));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Signs_and_factors_are_recognised(string id)
    {
        DerivationKey key = Practising.Find(id).Derivation!;
        foreach ((int index, AskedGradient asked) in key.Asked.Index())
        {
            (string statements, string result) = Split(asked.Expression);
            Own(asked, "All but the sign is right.").ShouldContain(Feedback(key, index, $"{statements}-({result})"));
            Own(asked, "Off by the factor 3 everywhere.").ShouldContain(Feedback(key, index, $"{statements}3 * ({result})"));
            Own(asked, "Off by the factor 1/4 everywhere.").ShouldContain(Feedback(key, index, $"{statements}({result}) / 4"));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_first_element_that_differs_is_named(string id)
    {
        DerivationKey key = Practising.Find(id).Derivation!;
        (string statements, string result) = Split(key.Asked[0].Expression);
        GradedPart part = Practising.Derivations.Grade(key, Replaced(key, 0, $"{statements}({result}) + 0.5")).ShouldBeOfType<Graded>().Parts[0];
        EntryDifference difference = part.Difference.ShouldNotBeNull();
        difference.Index.ShouldAllBe(place => place == 0);
        (difference.Yours - difference.Right).ShouldBe(0.5, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_can_be_answered_in_three_forms(string id)
    {
        Question question = Practising.Find(id);
        DerivationKey key = question.Derivation!;
        string statements = string.Concat(key.Asked.Select(asked => Split(asked.Expression) is var (before, result) ? $"{before}{asked.Name} = {result}\n" : ""));
        Practising.Derivations.Grade(key, statements).ShouldBeOfType<Graded>().Score.ShouldBe(1);
        Practising.Derivations.Grade(key, key.Asked[0].Expression).ShouldSatisfyAllConditions(grade =>
            (grade is Graded { Score: 1 }).ShouldBe(key.Asked.Count == 1), grade => (grade is Unreadable).ShouldBe(key.Asked.Count > 1));
        Graded first = Practising.Derivations.Grade(key, new SubmittedAnswer([key.Asked[0].Expression]) { Names = [key.Asked[0].Name] }).ShouldBeOfType<Graded>();
        first.Score.ShouldBe(1.0 / key.Asked.Count, 1e-12);
    }

    [Fact]
    public void The_sizes_tell_transposed_results_apart() => All.ShouldAllBe(question => question.Derivation!.Sizes.Count >= 3);

    /// <summary>The statements of an expression before the last one, each on its line, and the last one.</summary>
    internal static (string Statements, string Result) Split(string expression)
    {
        int last = expression.TrimEnd().LastIndexOf('\n');
        return (expression[..(last + 1)], expression[(last + 1)..].Trim());
    }

    /// <summary>The right answer with another expression for one gradient.</summary>
    internal static SubmittedAnswer Replaced(DerivationKey key, int index, string expression) =>
        new([.. key.Asked.Select((asked, i) => i == index ? expression : asked.Expression)]) { Names = [.. key.Asked.Select(asked => asked.Name)] };

    private static string Feedback(DerivationKey key, int index, string expression) =>
        Practising.Derivations.Grade(key, Replaced(key, index, expression)).ShouldBeOfType<Graded>().Parts[index].Feedback;

    private static string[] Own(AskedGradient asked, string usual) => [usual, .. asked.Mistakes.Select(mistake => mistake.Feedback)];
}
