using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Reads the facts of a rubric that a learner marks.</summary>
public static class RubricMarks
{
    /// <summary>The ids of the marked facts.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="named">The ids, as given.</param>
    /// <exception cref="PracticeException">The rubric has no such fact, or a fact is named twice.</exception>
    public static IReadOnlySet<string> Read(IReadOnlyList<RubricFact> rubric, IReadOnlyList<string> named)
    {
        var facts = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int index, string id) in named.Index())
        {
            if (!rubric.Any(fact => fact.Id == id))
            {
                throw Invalid(index, new NameSuggestions(rubric.Select(fact => fact.Id)).Message("The rubric has no fact", id));
            }

            if (!facts.Add(id))
            {
                throw Invalid(index, $"The fact '{id}' is named twice.");
            }
        }

        return facts;
    }

    private static PracticeException Invalid(int index, string message) => new(PracticeError.InvalidFact, message) { Index = index };
}
