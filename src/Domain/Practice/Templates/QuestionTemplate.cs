using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>A way to draw questions: a row of the <see cref="TemplateTable"/>. The texts are the question's, the key is computed here.</summary>
/// <param name="Name">Its name in content files.</param>
/// <param name="Kind">The kind of question that it draws.</param>
/// <param name="Parameters">What its parameters are drawn from where the question does not say.</param>
/// <param name="Draw">Makes key and texts of the drawn parameters; null asks for other parameters.</param>
public sealed record QuestionTemplate(
    string Name, QuestionFormat Kind, IReadOnlyDictionary<string, ParameterRange> Parameters, Func<TemplateDraw, Drawn?> Draw);

/// <summary>What a template makes of its parameters.</summary>
public sealed record Drawn
{
    /// <summary>What placeholders stand for, beside the parameters.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of a numeric question.</summary>
    public DrawnNumber? Number { get; init; }

    /// <summary>The choices of a question that has some, in the order in which they are shown.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>The key of a question for a formula.</summary>
    public ExpressionKey? Formula { get; init; }

    /// <summary>Whether the statement holds.</summary>
    public bool? Truth { get; init; }

    /// <summary>The drawn graph.</summary>
    public Figure? Figure { get; init; }
}

/// <summary>A computed number.</summary>
/// <param name="Value">The right one.</param>
/// <param name="Unit">The unit in which it was computed; the question may ask in another.</param>
/// <param name="Mistakes">Numbers that usual mistakes lead to.</param>
public sealed record DrawnNumber(double Value, string? Unit, IReadOnlyList<NumericMistake> Mistakes);
