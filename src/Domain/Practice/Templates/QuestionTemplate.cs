using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>A way to draw questions: an entry of the <see cref="TemplateTable"/>. The texts are the question's, the key is computed here.</summary>
/// <param name="Name">Its name in content files.</param>
/// <param name="Kind">The kind of question that it draws.</param>
/// <param name="Parameters">The ranges of its parameters if the question states none.</param>
/// <param name="Draw">Computes key and texts from the drawn parameters; null requests other parameters.</param>
public sealed record QuestionTemplate(
    string Name, QuestionFormat Kind, IReadOnlyDictionary<string, ParameterRange> Parameters, Func<TemplateDraw, Drawn?> Draw);

/// <summary>What a template computes from its parameters.</summary>
public sealed record Drawn
{
    /// <summary>The values of placeholders, besides the parameters.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of a numeric question.</summary>
    public DrawnNumber? Number { get; init; }

    /// <summary>The choices of a question that has any, in the order in which they are shown.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>The key of a question for a formula.</summary>
    public ExpressionKey? Formula { get; init; }

    /// <summary>Whether the statement holds.</summary>
    public bool? Truth { get; init; }

    /// <summary>The drawn graph.</summary>
    public Figure? Figure { get; init; }
}

/// <summary>A computed number.</summary>
/// <param name="Value">The right number.</param>
/// <param name="Unit">The unit in which it was computed; the question may ask in another.</param>
/// <param name="Mistakes">The results of common mistakes.</param>
public sealed record DrawnNumber(double Value, string? Unit, IReadOnlyList<NumericMistake> Mistakes);
