using Backprop.Client.Graphs;
using Backprop.Client.Practice;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps the programs of exercises to the contract and back.</summary>
internal static class ExerciseMapper
{
    /// <summary>What a question shows of its program; null if it has none. Nothing in it reveals the key.</summary>
    public static ExercisePrompt? Prompt(Question question) => question switch
    {
        { Derivation: { } key } => new ExercisePrompt
        {
            Program = [.. key.Forward.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Inputs = Inputs(key),
            Sizes = key.Sizes,
            Cotangents = key.Cotangents.Count == 0 ? null : key.Cotangents,
            Gradients = key.Asked.ToDictionary(asked => asked.Name, asked => asked.Of),
        },
        { Debugging: { } key } => new ExercisePrompt
        {
            Program = key.Code,
            Inputs = Inputs(key),
            Sizes = key.Sizes,
            Results = [.. key.Results.Keys],
        },
        _ => null,
    };

    /// <summary>The grades of the parts of an answer; null if it has none.</summary>
    public static PartResult[]? Parts(IReadOnlyList<GradedPart> parts) => parts.Count == 0 ? null : [.. parts.Select(part => new PartResult
    {
        Name = part.Name,
        Correct = part.IsCorrect,
        Feedback = part.Feedback,
        Difference = part.Difference is not { } difference ? null : new ElementDifference
        {
            Sizes = difference.Sizes,
            Index = difference.Index,
            Yours = double.IsFinite(difference.Yours) ? difference.Yours : null,
            Right = difference.Right,
        },
    })];

    public static DerivationKey Read(DerivationKeyContract key) => new()
    {
        Forward = key.Forward,
        Inputs = Read(key.Inputs),
        Sizes = key.Sizes,
        Cotangents = key.Cotangents ?? new Dictionary<string, string>(),
        Asked = [.. key.Asked.Select(asked => new AskedGradient(asked.Of, asked.Name, asked.Expression)
        {
            Mistakes = [.. (asked.Mistakes ?? []).Select(mistake => new GradientMistake(mistake.Expression, mistake.Feedback))],
        })],
    };

    public static DebuggingKey Read(DebuggingKeyContract key) => new()
    {
        Code = key.Code,
        Line = key.Line,
        Correct = key.Correct,
        Inputs = Read(key.Inputs),
        Sizes = key.Sizes,
        Results = key.Results,
        Of = key.Of,
        Mistakes = [.. (key.Mistakes ?? []).Select(mistake => new DebuggingMistake(mistake.Line, mistake.Feedback, mistake.Fix))],
    };

    public static DerivationKeyContract Write(DerivationKey key) => new()
    {
        Forward = key.Forward,
        Inputs = Inputs(key),
        Sizes = key.Sizes,
        Cotangents = key.Cotangents.Count == 0 ? null : key.Cotangents,
        Asked = [.. key.Asked.Select(asked => new AskedGradientContract
        {
            Of = asked.Of,
            Name = asked.Name,
            Expression = asked.Expression,
            Mistakes = asked.Mistakes.Count == 0 ? null
                : [.. asked.Mistakes.Select(mistake => new GradientMistakeContract { Expression = mistake.Expression, Feedback = mistake.Feedback })],
        })],
    };

    public static DebuggingKeyContract Write(DebuggingKey key) => new()
    {
        Code = key.Code,
        Line = key.Line,
        Correct = key.Correct,
        Inputs = Inputs(key),
        Sizes = key.Sizes,
        Results = key.Results,
        Of = key.Of,
        Mistakes = key.Mistakes.Count == 0 ? null : [.. key.Mistakes.Select(mistake => new DebuggingMistakeContract
        {
            Line = mistake.Line,
            Feedback = mistake.Feedback,
            Fix = mistake.Fix,
        })],
    };

    private static Dictionary<string, DrawnInput> Read(IReadOnlyDictionary<string, DrawnInputContract> inputs) =>
        inputs.ToDictionary(input => input.Key, input => new DrawnInput
        {
            Shape = [.. input.Value.Shape.Select(Read)],
            From = input.Value.From ?? Variable.DefaultFrom,
            To = input.Value.To ?? Variable.DefaultTo,
            Below = input.Value.Below is { } below ? Read(below) : null,
        }, StringComparer.Ordinal);

    private static Dictionary<string, DrawnInputContract> Inputs(IExercise exercise) =>
        exercise.Inputs.ToDictionary(input => input.Key, input => new DrawnInputContract
        {
            Shape = [.. input.Value.Shape.Select(Write)],
            From = input.Value.Below is null ? input.Value.From : null,
            To = input.Value.Below is null ? input.Value.To : null,
            Below = input.Value.Below is { } below ? Write(below) : (DimensionContract?)null,
        }, StringComparer.Ordinal);

    // Extents outside the range of an int are no valid ones either.
    private static Dimension Read(DimensionContract dimension) => new((int)Math.Clamp(dimension.Size, -1, int.MaxValue), dimension.Symbol);

    private static DimensionContract Write(Dimension dimension) => new(dimension.Size, dimension.Symbol);
}
