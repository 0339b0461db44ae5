using Backprop.Api.Features.Daily;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Learners;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Api.Features.Learners;

/// <summary>
/// The review queue of a learner. Each review draws a question anew: the n-th from seed n − 1, so that the first is the one that its page shows.
/// </summary>
/// <param name="cards">The cards under review.</param>
/// <param name="bank">The questions.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grading">Grades answers.</param>
/// <param name="time">The clock.</param>
internal sealed class ReviewService(ReviewCards cards, QuestionBank bank, VariantDrawing draw, QuestionGrader grading, TimeProvider time)
{
    /// <summary>The questions that are due now.</summary>
    public async Task<ReviewQueue> DueAsync(string learner, int limit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DueCards due = await cards.DueAsync(learner, limit, now, cancellationToken);
        var items = new List<DueReview>();
        foreach (QuestionCard entry in due.Items)
        {
            // A question retired a moment ago is no longer due.
            if (await bank.FindAsync(entry.QuestionId, cancellationToken) is { } banked)
            {
                items.Add(new DueReview
                {
                    Review = entry.Card.Reviews + 1,
                    Question = QuestionMapper.Page(AskedQuestion.Of(banked, entry.Card.Reviews, draw)),
                    Card = LearnerMapper.Card(entry.Card, now)
                });
            }
        }

        return new ReviewQueue { Items = items, Due = due.Due, Total = due.Total, NextDue = due.NextDue };
    }

    /// <summary>Reviews a question.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="questionId">The question.</param>
    /// <param name="request">The validated answer or rating.</param>
    /// <param name="cancellationToken">Cancels; nothing is recorded then.</param>
    /// <exception cref="ProblemException">No such question (404), the answer cannot be parsed (422), or another review came first (409).</exception>
    public async Task<ReviewResult> ReviewAsync(string learner, string questionId, ReviewRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        BankedQuestion banked = await bank.FindAsync(questionId, cancellationToken)
            ?? throw ProblemException.NotFound($"No question '{questionId}'.");
        int before = (await cards.FindAsync(learner, questionId, cancellationToken))?.Reviews ?? 0;
        if (request.Review is { } meant && meant != before + 1)
        {
            throw new ProblemException(409, "review", $"review must be {before + 1}, the next review of this question; got {meant}.");
        }

        Question shown = AskedQuestion.Of(banked, before, draw).Shown;
        Graded? grade = request.Answer is { } answer ? AskedQuestion.Grade(shown, answer, grading, cancellationToken) : null;
        RecallRating rating = grade is null ? LearnerMapper.Read(request.Rating!.Value) : ReviewRatings.Of(grade.Score);
        var recorded = new RecordedAnswer(learner, shown.Id, shown.Topic, shown.Difficulty, AnswerOrigin.Review, grade?.Score, rating, now);
        Card card = await cards.ReviewAsync(recorded, before, cancellationToken)
            ?? throw new ProblemException(409, "review", "Another review of this question was recorded first; get its state and try again.");
        return new ReviewResult
        {
            QuestionId = shown.Id,
            Review = card.Reviews,
            Rating = LearnerMapper.Write(rating),
            Card = LearnerMapper.Card(card, now),
            Grade = grade is null ? null : AskedQuestion.Show(shown, grade),
            Explanation = shown.Explanation,
            Citations = [.. shown.Citations.Select(QuestionWriteMapper.Write)],
        };
    }
}
