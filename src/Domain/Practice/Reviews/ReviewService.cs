using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Reviews;

/// <summary>A question that is due.</summary>
/// <param name="Question">The question, as it is to be asked.</param>
/// <param name="Card">The state of its review.</param>
public sealed record DueQuestion(BankedQuestion Question, Card Card);

/// <summary>The review queue of a learner.</summary>
/// <param name="Items">The first questions that are due, the longest due first.</param>
/// <param name="Cards">The counts.</param>
/// <param name="At">The time.</param>
public sealed record DueQuestions(IReadOnlyList<DueQuestion> Items, DueCards Cards, DateTimeOffset At);

/// <summary>A recorded review.</summary>
/// <param name="Shown">The question as it was asked.</param>
/// <param name="Answer">What was recorded.</param>
/// <param name="Card">The new state of the question's review.</param>
/// <param name="Grade">The grade; null if the learner rated the question.</param>
public sealed record RecordedReview(Question Shown, RecordedAnswer Answer, Card Card, Graded? Grade);

/// <summary>
/// The review queue of a learner. Each review draws a question anew: the n-th from seed n − 1, so that the first is the one that its page shows.
/// </summary>
/// <param name="reviews">The questions under review.</param>
/// <param name="transactions">Stores reviews.</param>
/// <param name="bank">The questions.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grader">Grades answers.</param>
/// <param name="time">The clock.</param>
public sealed class ReviewService(IReviewStore reviews, IPracticeTransactions transactions, IQuestionBank bank, VariantDrawing draw,
    QuestionGrader grader, TimeProvider time)
{
    /// <summary>The questions that are due now, at most <paramref name="limit"/> of them.</summary>
    public async Task<DueQuestions> DueAsync(string learner, int limit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DueCards due = await reviews.DueAsync(learner, limit, now, cancellationToken);
        IReadOnlyDictionary<string, BankedQuestion> questions =
            await bank.FindAsync([.. due.Items.Select(entry => entry.QuestionId)], cancellationToken);

        // A question retired a moment ago is no longer due.
        IEnumerable<DueQuestion> items = due.Items
            .Where(entry => questions.ContainsKey(entry.QuestionId))
            .Select(entry => new DueQuestion(questions[entry.QuestionId].Asked(entry.Card.Reviews, draw), entry.Card));
        return new DueQuestions([.. items], due, now);
    }

    /// <summary>Reviews a question with an answer.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="question">The id of the question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="number">The number that the review must have, from 1; null if any.</param>
    /// <param name="cancellationToken">Cancels; nothing is recorded then.</param>
    /// <exception cref="PracticeException">No such question, the answer cannot be graded, or another review came first.</exception>
    public async Task<RecordedReview> AnswerAsync(string learner, string question, SubmittedAnswer answer, int? number,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        (Question shown, int before) = await AskedAsync(learner, question, number, cancellationToken);
        Graded grade = grader.GradeOrRefuse(shown, answer, cancellationToken);
        var recorded = RecordedAnswer.Graded(learner, shown, AnswerOrigin.Review, grade.Score, now);
        return new RecordedReview(shown, recorded, await RecordAsync(recorded, before, cancellationToken), grade);
    }

    /// <summary>Reviews a question with the learner's own rating.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="question">The id of the question.</param>
    /// <param name="rating">The rating.</param>
    /// <param name="number">The number that the review must have, from 1; null if any.</param>
    /// <param name="cancellationToken">Cancels; nothing is recorded then.</param>
    /// <exception cref="PracticeException">No such question, or another review came first.</exception>
    public async Task<RecordedReview> RateAsync(string learner, string question, RecallRating rating, int? number,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        (Question shown, int before) = await AskedAsync(learner, question, number, cancellationToken);
        var recorded = new RecordedAnswer(learner, shown.Id, shown.Topic, shown.Difficulty, AnswerOrigin.Review, Score: null, rating, now);
        return new RecordedReview(shown, recorded, await RecordAsync(recorded, before, cancellationToken), Grade: null);
    }

    private async Task<(Question Shown, int Before)> AskedAsync(string learner, string id, int? number, CancellationToken cancellationToken)
    {
        BankedQuestion banked = await bank.RequireAsync(id, cancellationToken);
        int before = (await reviews.FindAsync(learner, id, cancellationToken))?.Reviews ?? 0;
        if (number is { } meant && meant != before + 1)
        {
            throw new PracticeException(PracticeError.ReviewOutOfTurn,
                $"review must be {before + 1}, the next review of this question; got {meant}.");
        }

        return (banked.Asked(before, draw).Shown, before);
    }

    private Task<Card> RecordAsync(RecordedAnswer answer, int before, CancellationToken cancellationToken) => transactions.RunAsync(
        async transaction =>
        {
            Card? current = await transaction.FindCardAsync(answer.LearnerId, answer.QuestionId);
            return (current?.Reviews ?? 0) == before
                ? await answer.AddToAsync(transaction)
                : throw new PracticeException(PracticeError.ReviewOutOfTurn,
                    "Another review of this question was recorded first; get its state and try again.");
        },
        cancellationToken);
}
