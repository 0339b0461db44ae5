using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Backprop.Domain.Practice.Templates;

/// <summary>
/// All templates. An entry is written <c>Row("name", QuestionKind.Numeric, "layers=8..96", d =&gt; …)</c> in one of the other files of this folder; a
/// content file supplies its texts.
/// </summary>
public static class TemplateTable
{
    /// <summary>All templates.</summary>
    public static ImmutableArray<QuestionTemplate> All { get; } =
    [
        .. ScalarGradients.Rows, .. GateGradients.Rows, .. ChainGradients.Rows, .. DerivativeFormulas.Rows, .. AutomaticDifferentiation.Rows,
        .. FiniteDifferenceTimes.Rows, .. Optimisers.Rows, .. Initialisation.Rows, .. PrecisionQuestions.Rows, .. MemoryQuestions.Rows,
        .. TrainingCost.Rows, .. ParameterCounts.Rows, .. Parallelism.Rows,
    ];

    private static readonly FrozenDictionary<string, QuestionTemplate> ByName = All.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The template of this name, or null.</summary>
    public static QuestionTemplate? Find(string name) => ByName.GetValueOrDefault(name);
}
