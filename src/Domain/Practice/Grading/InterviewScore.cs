using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>The score of the facts that an answer mentioned.</summary>
/// <param name="Score">The ratio of their weight to that of the whole rubric, 0 … 1.</param>
/// <param name="MentionedFacts">The ids of the facts that were mentioned, in the order of the rubric.</param>
/// <param name="Missed">The facts that were not mentioned, in the order of the rubric.</param>
public sealed record InterviewScore(double Score, IReadOnlyList<string> MentionedFacts, IReadOnlyList<RubricFact> Missed)
{
    /// <summary>The score of mentioned facts; ids that are not in the rubric are ignored.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="named">The ids of the facts that were mentioned.</param>
    public static InterviewScore Of(IReadOnlyList<RubricFact> rubric, IReadOnlySet<string> named)
    {
        RubricFact[] hit = [.. rubric.Where(fact => named.Contains(fact.Id))];
        RubricFact[] missed = [.. rubric.Where(fact => !named.Contains(fact.Id))];

        // Exactly 1 if nothing is missing, however the weights add up.
        double score = missed.Length == 0 ? 1 : hit.Sum(fact => fact.Weight) / rubric.Sum(fact => fact.Weight);
        return new InterviewScore(score, [.. hit.Select(fact => fact.Id)], missed);
    }
}
