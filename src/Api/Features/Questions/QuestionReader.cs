using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps questions of the contract to the domain. Members have the same names, so the paths of faults are valid in both.</summary>
internal static class QuestionReader
{
    /// <summary>A set.</summary>
    public static QuestionSet Read(QuestionSetContract set) =>
        new([.. set.Topics.Select(topic => new Topic(topic.Id, topic.Name))], [.. set.Questions.Select(Read)]);

    /// <summary>A question.</summary>
    public static Question Read(QuestionContract question) => new()
    {
        Id = question.Id,
        Topic = question.Topic,
        Kind = (QuestionFormat)question.Kind,
        Difficulty = (DifficultyLevel)question.Difficulty,
        Title = question.Title,
        Prompt = question.Prompt,
        Figure = question.Figure is { } figure ? new Figure(figure.Expression, figure.Inputs) : null,
        Companies = Each(question.Companies, company => new CompanyTag(company.Name, company.Source)),
        Tags = question.Tags ?? [],
        Keywords = question.Keywords ?? [],
        Group = question.Group,
        Hints = question.Hints ?? [],
        Explanation = question.Explanation,
        Citations = Each(question.Citations, citation => new Citation(citation.Authors, citation.Title, citation.Year, citation.Where, citation.Url)),
        Open = question.Open ?? false,
        Interview = question.Interview is { } interview ? Read(interview) : null,
        Choices = question.Choices is { } choices ? Each(choices, choice => new Choice(choice.Text, choice.Correct, choice.Feedback)) : null,
        Numeric = question.Numeric is { } numeric ? Read(numeric) : null,
        Expression = question.Expression is { } expression ? Read(expression) : null,
        Truth = question.Truth is { } truth ? new TruthKey(truth.Feedback, truth.Value) : null,
        Derivation = question.Derivation is { } derivation ? ExerciseMapper.Read(derivation) : null,
        Debugging = question.Debugging is { } debugging ? ExerciseMapper.Read(debugging) : null,
        Template = question.Template is { } template ? Read(template) : null,
    };

    private static InterviewKey Read(InterviewKeyContract key) => new(
        key.ModelAnswer, Each(key.Rubric, fact => new RubricFact(fact.Id, fact.Text, fact.Weight ?? 1)), key.FollowUps ?? [], key.FollowUpAnswers);

    private static NumericKey Read(NumericKeyContract key) => new()
    {
        Value = key.Value,
        Unit = key.Unit,
        Rtol = key.Rtol,
        Atol = key.Atol,
        SignificantFigures = key.SignificantFigures,
        Mistakes = Each(key.Mistakes, mistake => new NumericMistake(mistake.Value, mistake.Feedback)),
    };

    private static ExpressionKey Read(ExpressionKeyContract key) => new()
    {
        Formula = key.Formula,
        Variables = Each(key.Variables, variable =>
            new Variable(variable.Name, variable.From ?? Variable.DefaultFrom, variable.To ?? Variable.DefaultTo)),
        Mistakes = Each(key.Mistakes, mistake => new ExpressionMistake(mistake.Formula, mistake.Feedback)),
    };

    private static Template Read(TemplateContract template) => new(
        template.Name,
        template.Parameters.ToDictionary(
            entry => entry.Key,
            entry => new ParameterRange { From = entry.Value.From, To = entry.Value.To, Step = entry.Value.Step, Values = entry.Value.Values }));

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom>? items, Func<TFrom, TTo> read) => [.. (items ?? []).Select(read)];
}
