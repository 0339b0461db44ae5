using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>
/// How often an item may be answered, and what a later try is worth. As in the exams of PrairieLearn, the key stays hidden between tries, and the
/// points decrease: the n-th of m tries is worth 1 − (n − 1)/m.
/// </summary>
public static class TryRules
{
    /// <summary>The most tries that a quiz may allow.</summary>
    public const int Most = 5;

    /// <summary>How often a question may be answered.</summary>
    /// <param name="question">The question.</param>
    /// <param name="asked">The tries that the quiz allows.</param>
    /// <returns>One if a wrong answer tells the right one or the learner marks the answer; less than there are choices.</returns>
    public static int Of(Question question, int asked) => question switch
    {
        { Kind: QuestionFormat.TrueFalse or QuestionFormat.Interview } => 1,
        { Kind: QuestionFormat.MultipleChoice, Choices: { } choices } => Math.Clamp(choices.Count - 1, 1, asked),
        _ => asked,
    };

    /// <summary>What a full score of a try counts, 0 … 1.</summary>
    /// <param name="number">The number of the try, from 1.</param>
    /// <param name="tries">How many there are.</param>
    public static double Worth(int number, int tries) => (tries - number + 1) / (double)tries;
}
