using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Finds exercises that practise the skill of an interview question: those of its topic that share the most labels and keywords.</summary>
public static class RelatedExercises
{
    /// <summary>The exercises by how many labels they share with the question; equals in random order.</summary>
    /// <param name="interview">The interview question.</param>
    /// <param name="candidates">The exercises of its topic, in an order that does not depend on where and when they are listed.</param>
    /// <param name="seed">The random seed.</param>
    public static IEnumerable<LabelledQuestion> Ranked(Question interview, IReadOnlyList<LabelledQuestion> candidates, long seed)
    {
        HashSet<string> labels = new(interview.Tags.Concat(interview.Keywords), StringComparer.OrdinalIgnoreCase);
        return SeededGenerator.For(seed, $"exercises of {interview.Id}").Shuffled(candidates)
            .OrderByDescending(candidate => candidate.Labels.Count(labels.Contains));
    }
}
