namespace Backprop.Domain.Practice.Quizzes;

/// <summary>When an item may be added to a quiz.</summary>
internal static class GrowthRules
{
    /// <summary>Requires that another item like one of a quiz may be added.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="like">The item.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="PracticeException">The item can still be answered, the time is up, the quiz was finished before every item was answered, or
    /// it is full.</exception>
    public static void Require(Quiz quiz, QuizEntry like, DateTimeOffset now)
    {
        if (!like.IsOver)
        {
            throw new PracticeException(PracticeError.ItemNotAnswered, $"Item {like.Number} can still be answered; another one follows after that.");
        }

        // Its keys are shown, so its items must not be answered any more.
        bool isGivenUp = quiz.FinishedAt is not null && quiz.Items.Any(item => !item.IsOver);
        if (isGivenUp || quiz.ExpiresAt <= now)
        {
            throw new PracticeException(PracticeError.QuizExpired, "The quiz is over; no item can be added.");
        }

        if (quiz.Items.Count >= QuizSampler.MaxItems)
        {
            throw new PracticeException(PracticeError.QuizFull, $"A quiz has at most {QuizSampler.MaxItems} items.");
        }
    }
}
