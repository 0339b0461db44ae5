using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Interview questions in quizzes: the answer is in words, and the learner marks the facts of the rubric that it mentions.</summary>
internal static class SelfMarking
{
    private const int MaxAnswer = 10_000;

    /// <summary>The grade of an answer in words until it is marked.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="PracticeException">It is empty, a list, an object, or too long to be stored.</exception>
    public static Graded Read(SubmittedAnswer answer)
    {
        if (answer.IsList || answer.Names is not null || string.IsNullOrWhiteSpace(answer.Texts[0]))
        {
            throw new PracticeException(PracticeError.UngradableAnswer, "answer must be a text in your own words.");
        }

        return answer.Texts[0].Length <= MaxAnswer
            ? new Graded(0, "Compare your answer with the model answer, and mark the facts of the rubric that it mentions.")
            : throw new PracticeException(PracticeError.UngradableAnswer,
                $"answer must have at most {MaxAnswer} characters; got {answer.Texts[0].Length}.");
    }

    /// <summary>The item with marks, which determine its score.</summary>
    /// <param name="item">The item.</param>
    /// <param name="facts">The ids of the facts that the answer mentioned.</param>
    /// <exception cref="PracticeException">The item is graded by the service or not answered yet, or the marks do not fit the rubric.</exception>
    public static QuizEntry Mark(QuizEntry item, IReadOnlyList<string> facts)
    {
        if (item.Variant.Interview is not { } key)
        {
            throw new PracticeException(PracticeError.NotSelfMarked,
                $"Item {item.Number} is graded by the service; only interview questions are marked.");
        }

        if (item.Answer is not { } answer)
        {
            throw new PracticeException(PracticeError.ItemNotAnswered, $"Item {item.Number} is not answered yet; its rubric is not revealed.");
        }

        IReadOnlySet<string> mentioned = RubricMarks.Read(key.Rubric, facts);
        double score = InterviewScore.Of(key.Rubric, mentioned).Score;
        var grade = new Graded(score, Feedback(key.Rubric, mentioned));
        return item with { Answer = answer with { Grade = grade, MentionedFacts = mentioned } };
    }

    private static string Feedback(IReadOnlyList<RubricFact> rubric, IReadOnlySet<string> mentioned) => mentioned.Count == rubric.Count
        ? "All facts are mentioned."
        : $"{mentioned.Count} of {rubric.Count} facts are mentioned.";
}
