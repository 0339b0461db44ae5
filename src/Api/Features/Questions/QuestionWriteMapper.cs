using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps questions of the domain to the full form of the contract, keys included; members at their default are omitted.</summary>
internal static class QuestionWriteMapper
{
    public static TopicContract Write(Topic topic) => new() { Id = topic.Id, Name = topic.Name };

    public static QuestionContract Write(Question question) => new()
    {
        Id = question.Id,
        Topic = question.Topic,
        Kind = (Client.Practice.QuestionKind)question.Kind,
        Difficulty = (Client.Practice.Difficulty)question.Difficulty,
        Title = question.Title,
        Prompt = question.Prompt,
        Figure = Write(question.Figure),
        Companies = Some(question.Companies, Write),
        Tags = Some(question.Tags, tag => tag),
        Keywords = Some(question.Keywords, keyword => keyword),
        Group = question.Group,
        Hints = Some(question.Hints, hint => hint),
        Explanation = question.Explanation,
        Citations = [.. question.Citations.Select(Write)],
        Open = question.Open ? true : null,
        Interview = question.Interview is { } interview ? Write(interview) : null,
        Choices = question.Choices?.Select(choice => new ChoiceContract { Text = choice.Text, Correct = choice.Correct, Feedback = choice.Feedback })
            .ToArray(),
        Numeric = question.Numeric is { } numeric ? Write(numeric) : null,
        Expression = question.Expression is { } expression ? Write(expression) : null,
        Truth = question.Truth is { } truth ? new TruthKeyContract { Feedback = truth.Feedback, Value = truth.Value } : null,
        Derivation = question.Derivation is { } derivation ? ExerciseMapper.Write(derivation) : null,
        Debugging = question.Debugging is { } debugging ? ExerciseMapper.Write(debugging) : null,
        Template = question.Template is { } template ? Write(template) : null,
    };

    public static FigureContract? Write(Figure? figure) => figure is null ? null
        : new FigureContract { Expression = figure.Expression, Inputs = figure.Inputs };

    public static CompanyTagContract Write(CompanyTag company) => new() { Name = company.Name, Source = company.Source };

    public static CitationContract Write(Citation citation) => new()
    {
        Authors = citation.Authors,
        Title = citation.Title,
        Year = citation.Year,
        Where = citation.Where,
        Url = citation.Url,
    };

    public static RubricFactContract Write(RubricFact fact) => new() { Id = fact.Id, Text = fact.Text, Weight = fact.Weight };

    private static InterviewKeyContract Write(InterviewKey key) => new()
    {
        ModelAnswer = key.ModelAnswer,
        Rubric = [.. key.Rubric.Select(Write)],
        FollowUps = Some(key.FollowUps, followUp => followUp),
        FollowUpAnswers = key.FollowUpAnswers,
    };

    private static NumericKeyContract Write(NumericKey key) => new()
    {
        Value = key.Value,
        Unit = key.Unit,
        Rtol = key.Rtol,
        Atol = key.Atol,
        SignificantFigures = key.SignificantFigures,
        Mistakes = Some(key.Mistakes, mistake => new NumericMistakeContract { Value = mistake.Value, Feedback = mistake.Feedback }),
    };

    private static ExpressionKeyContract Write(ExpressionKey key) => new()
    {
        Formula = key.Formula,
        Variables = Some(key.Variables, variable => new VariableContract { Name = variable.Name, From = variable.From, To = variable.To }),
        Mistakes = Some(key.Mistakes, mistake => new ExpressionMistakeContract { Formula = mistake.Formula, Feedback = mistake.Feedback }),
    };

    private static TemplateContract Write(Template template) => new()
    {
        Name = template.Name,
        Parameters = template.Parameters.ToDictionary(
            entry => entry.Key,
            entry => new ParameterRangeContract
            {
                From = entry.Value.From,
                To = entry.Value.To,
                Step = entry.Value.Step,
                Values = entry.Value.Values
            }),
    };

    private static TTo[]? Some<TFrom, TTo>(IReadOnlyList<TFrom> items, Func<TFrom, TTo> write) => items.Count == 0 ? null : [.. items.Select(write)];
}
