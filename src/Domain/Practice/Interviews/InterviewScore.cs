using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Interviews;

/// <summary>What the facts that a learner named are worth.</summary>
/// <param name="Score">Their weight by that of the whole rubric, 0 … 1.</param>
/// <param name="Named">The ids of the facts that were named, in the order of the rubric.</param>
/// <param name="Missed">The facts that were not named, in the order of the rubric.</param>
public sealed record InterviewScore(double Score, IReadOnlyList<string> Named, IReadOnlyList<RubricFact> Missed)
{
    /// <summary>The score of named facts; ids that the rubric does not have count nothing.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="named">The ids of the facts that were named.</param>
    public static InterviewScore Of(IReadOnlyList<RubricFact> rubric, IReadOnlySet<string> named)
    {
        RubricFact[] hit = [.. rubric.Where(fact => named.Contains(fact.Id))];
        RubricFact[] missed = [.. rubric.Where(fact => !named.Contains(fact.Id))];

        // Nothing missed is 1 to the bit, however weights add up.
        double score = missed.Length == 0 ? 1 : hit.Sum(fact => fact.Weight) / rubric.Sum(fact => fact.Weight);
        return new InterviewScore(score, [.. hit.Select(fact => fact.Id)], missed);
    }
}
