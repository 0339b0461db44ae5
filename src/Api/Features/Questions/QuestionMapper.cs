using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps questions to their public form: no key, no explanation, and no order of choices that reveals the right one.</summary>
internal static class QuestionMapper
{
    public static QuestionSummary Summary(ListedQuestion question, IReadOnlyList<QuestionDetail> hidden) => new()
    {
        Id = question.Id,
        Version = question.Version,
        Topic = question.Topic,
        Kind = (QuestionKind)question.Kind,
        Difficulty = hidden.Contains(QuestionDetail.Difficulty) ? null : (Difficulty)question.Difficulty,
        Title = hidden.Contains(QuestionDetail.Title) ? null : question.Title,
        Prompt = question.Prompt,
        Companies = question.Companies,
        Tags = question.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Hints = question.Hints,
        Drawn = question.Drawn,
    };

    public static QuestionPage Page(BankedQuestion banked)
    {
        Question question = banked.Shown;
        return new QuestionPage
        {
            Id = question.Id,
            Version = banked.Version,
            Topic = QuestionWriteMapper.Write(banked.Topic),
            Kind = (QuestionKind)question.Kind,
            Difficulty = (Difficulty)question.Difficulty,
            Title = question.Title,
            Prompt = question.Prompt,
            Figure = QuestionWriteMapper.Write(question.Figure),
            Choices = question.Choices?.Select(choice => choice.Text).Order(StringComparer.Ordinal).ToArray(),
            Unit = question.Numeric?.Unit,
            Tolerance = question.Numeric?.DescribeTolerance(),
            Variables = question.Expression?.Variables.Select(variable => variable.Name).ToArray(),
            Exercise = ExerciseMapper.Prompt(question),
            Companies = [.. question.Companies.Select(QuestionWriteMapper.Write)],
            Tags = question.Tags,
            Hints = question.Hints.Count,
            Drawn = banked.Question.Template is not null,
        };
    }

    public static InterviewAnswer? Answer(BankedQuestion banked) => banked.Question.Interview is not { } key ? null : new InterviewAnswer
    {
        Id = banked.Question.Id,
        Version = banked.Version,
        ModelAnswer = key.ModelAnswer,
        Rubric = [.. key.Rubric.Select<RubricFact, RubricFactContract>(QuestionWriteMapper.Write)],
        FollowUps = key.FollowUps,
        FollowUpAnswers = key.FollowUpAnswers,
        Explanation = banked.Question.Explanation,
        Citations = [.. banked.Question.Citations.Select(QuestionWriteMapper.Write)],
    };

    public static QuestionFacets Facets(QuestionCounts counts) => new()
    {
        Total = counts.Total,
        Companies = [.. counts.Companies.Select(count => new FacetCount { Value = count.Company, Count = count.Count })],
        Difficulties = [.. counts.Difficulties.Select(count => new FacetCount { Value = Name(count.Difficulty), Count = count.Count })],
        Topics = [.. counts.Topics.Select(count => new FacetCount { Value = count.Topic.Id, Name = count.Topic.Name, Count = count.Count })],
        Kinds = [.. counts.Kinds.Select(count => new FacetCount { Value = Name(count.Kind), Count = count.Count })],
        Tags = [.. counts.Tags.Select(count => new FacetCount { Value = count.Tag, Count = count.Count })],
    };

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
