using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>How the questions are written: nothing gives the answer away, everything teaches, and the language is idiomatic.</summary>
public sealed partial class QuestionWritingTests
{
    private const double MostFavoured = 0.35;
    private const int Draws = 20;

    private static readonly Question[] Chosen =
        [.. Practising.Bank.Where(question => question is { Kind: QuestionFormat.MultipleChoice, Choices: not null })];

    public static TheoryData<string> Ids => [.. Practising.Bank.Select(question => question.Id)];

    [Fact]
    public void The_right_choice_is_seldom_the_longest() =>
        Chosen.Count(question => question.Choices!.Where(choice => !choice.Correct).All(choice => choice.Text.Length < Right(question).Text.Length))
            .ShouldBeLessThanOrEqualTo((int)(MostFavoured * Chosen.Length));

    [Fact]
    public void The_right_choice_is_seldom_the_shortest() =>
        Chosen.Count(question => question.Choices!.Where(choice => !choice.Correct).All(choice => choice.Text.Length > Right(question).Text.Length))
            .ShouldBeLessThanOrEqualTo((int)(MostFavoured * Chosen.Length));

    [Fact]
    public void No_position_holds_the_right_choice_often() =>
        Chosen.CountBy(question => question.Choices!.ToList().IndexOf(Right(question)))
            .ShouldAllBe(place => place.Value <= MostFavoured * Chosen.Length);

    [Fact]
    public void Absolute_words_are_not_a_mark_of_wrong_choices() => Practising.Bank.SelectMany(question => question.Choices ?? [])
        .Where(choice => AbsoluteWord().IsMatch(choice.Text)).ShouldAllBe(choice => choice.Correct);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_question_has_two_hints_unless_it_is_true_or_false(string id)
    {
        Question question = Practising.Find(id);
        question.Hints.Count.ShouldBeGreaterThanOrEqualTo(question.Kind == QuestionFormat.TrueFalse ? 0 : 2);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_explanation_has_two_sentences_and_a_source(string id)
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            Question question = Practising.Variant(id, seed);
            SentenceEnd().Count(question.Explanation).ShouldBeGreaterThanOrEqualTo(2, question.Explanation);
            question.Citations.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_citation_names_an_address(string id) =>
        Practising.Find(id).Citations.ShouldAllBe(citation => citation.Url != null && citation.Url.StartsWith("https://", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_book_is_cited_by_chapter_or_section(string id) =>
        Practising.Find(id).Citations.Where(citation => citation.Where is { } where && Publisher().IsMatch(where))
            .ShouldAllBe(citation => ChapterOrSection().IsMatch(citation.Where!));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_work_is_cited_alike_everywhere(string id) => Practising.Find(id).Citations.ShouldAllBe(citation => Practising.Bank
        .SelectMany(question => question.Citations).Where(other => other.Title == citation.Title)
        .All(other => other.Authors == citation.Authors && other.Year == citation.Year));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_language_is_idiomatic(string id)
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            foreach (string text in Texts(Practising.Variant(id, seed)))
            {
                DerivativeBy().Match(text).Value.ShouldBeEmpty($"Write “with respect to”: {text}");
                AmountA().Match(text).Value.ShouldBeEmpty($"Write “per”: {text}");
                Translated().Match(text).Value.ShouldBeEmpty(text);
            }
        }
    }

    private static Choice Right(Question question) => question.Choices!.Single(choice => choice.Correct);

    private static IEnumerable<string> Texts(Question question) =>
    [
        question.Title, question.Prompt, question.Explanation, .. question.Hints,
        .. (question.Choices ?? []).SelectMany(choice => (string[])[choice.Text, choice.Feedback]),
        .. (question.Numeric?.Mistakes ?? []).Select(mistake => mistake.Feedback),
        .. (question.Expression?.Mistakes ?? []).Select(mistake => mistake.Feedback),
        .. (question.Derivation?.Asked ?? []).SelectMany(asked => asked.Mistakes).Select(mistake => mistake.Feedback),
        .. (question.Debugging?.Mistakes ?? []).Select(mistake => mistake.Feedback),
        question.Truth?.Feedback ?? string.Empty, question.Interview?.ModelAnswer ?? string.Empty,
        .. (question.Interview?.Rubric ?? []).Select(fact => fact.Text),
        .. question.Interview?.FollowUps ?? [], .. question.Interview?.FollowUpAnswers ?? [],
    ];

    [GeneratedRegex(@"\b(always|never|nothing)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AbsoluteWord();

    [GeneratedRegex(@"[.!?](?=\s|$)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("MIT Press|SIAM, second edition|Cambridge University Press")]
    private static partial Regex Publisher();

    [GeneratedRegex(@"\b(chapters?|sections?) \d")]
    private static partial Regex ChapterOrSection();

    // “The derivative of f by x”; a derivative may be multiplied, divided or scaled by something.
    [GeneratedRegex(@"(?<!\b(multipl|divid|scal)\w* (the |a )?)\b(derivative|gradient|slope|Jacobian)s?\b(?![^.;:]*\b(multipl|divid|scal|computed|obtained|clipped|estimat)\w*\b)[^.;:,]{0,40} by (the (logits?|inputs?|weights?|probabilit\w+|parameters?|variables?)|its input|an early|each (term|factor)|one factor|all inputs|[a-z]\b)")]
    private static partial Regex DerivativeBy();

    [GeneratedRegex(@"\b(bytes|FLOPs?|evaluations|passes|bits|tokens|chunks|operations|multiplications) an? (parameter|token|byte|draw|step|input|output|element|second|layer|value|weight|device)\b")]
    private static partial Regex AmountA();

    [GeneratedRegex(@"\b(alone|run again|ways|closed way|size of the picture|perceptron|Half as much again)\b")]
    private static partial Regex Translated();
}
