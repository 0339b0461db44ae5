using Backprop.Api.Features.Daily;
using Backprop.Api.Features.Interviews;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Features.TrainingRuns;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Progress;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Learners;

namespace Backprop.Api.Features.Learners;

/// <summary>Maps the stored data of a learner to the contract.</summary>
internal static class LearnerMapper
{
    // FSRS grades count from 1.
    public static RecallRating Read(Client.Learners.ReviewRating rating) => (RecallRating)((int)rating + 1);

    public static Client.Learners.ReviewRating Write(RecallRating rating) => (Client.Learners.ReviewRating)((int)rating - 1);

    public static ReviewCard Card(Card card, DateTimeOffset now) => new()
    {
        State = (Client.Learners.ReviewState)card.State,
        Due = card.Due,
        Stability = card.Memory.Stability,
        Difficulty = card.Memory.Difficulty,
        Retrievability = card.RetrievabilityAt(now),
        LastReview = card.LastReview,
        Reviews = card.Reviews,
        Lapses = card.Lapses,
    };

    public static ReviewQueue Queue(DueQuestions due) => new()
    {
        Items = [.. due.Items.Select(entry => new DueReview
        {
            Review = entry.Card.Reviews + 1,
            Question = QuestionMapper.Page(entry.Question),
            Card = Card(entry.Card, due.At),
        })],
        Due = due.Cards.Due,
        Total = due.Cards.Total,
        NextDue = due.Cards.NextDue,
    };

    public static ReviewResult Result(RecordedReview review, WorkedSolution? solution) => new()
    {
        QuestionId = review.Shown.Id,
        Review = review.Card.Reviews,
        Rating = Write(review.Answer.Rating),
        Card = Card(review.Card, review.Answer.At),
        Grade = review.Grade is { } grade ? DailyQuestionMapper.Grade(review.Shown, grade) : null,
        Explanation = review.Shown.Explanation,
        Citations = [.. review.Shown.Citations.Select(QuestionWriteMapper.Write)],
        Solution = solution,
    };

    public static LearnerProgress Progress(History history)
    {
        TopicProgress[] topics = [.. history.Topics.Select(entry => Topic(entry.Topic, entry.Tally, entry.Strength)).OrderBy(topic => topic.AtLeast)
            .ThenBy(topic => topic.Topic, StringComparer.Ordinal)];
        return new LearnerProgress
        {
            Overall = history.Overall is { } all ? Tally(all) : new Tally { Answers = 0, Questions = 0, Correct = 0, Score = 0 },
            Topics = topics,
            Difficulties = [.. history.Difficulties.Select(row =>
                new DifficultyProgress { Difficulty = (Client.Practice.Difficulty)row.Key, Tally = Tally(row) })],
            WeakTopics = [.. topics.Where(topic => topic.Weak).Select(topic => topic.Topic)],
            Reviews = new CardCounts
            {
                Total = history.Cards.Values.Sum(),
                Due = history.Due,
                Learning = history.Cards.GetValueOrDefault(CardState.Learning),
                Review = history.Cards.GetValueOrDefault(CardState.Review),
                Relearning = history.Cards.GetValueOrDefault(CardState.Relearning),
            },
        };
    }

    public static LearnerExport Export(LearnerDataExport all, IReadOnlyList<string> addresses, QuizMapper quizzes, DateTimeOffset now) => new()
    {
        ExportedAt = now,
        Account = new ExportedAccount
        {
            Id = all.Account.Id,
            Email = all.Account.Email!,
            CreatedAt = all.Account.CreatedAt,
            TwoFactorEnabled = all.Account.TwoFactorEnabled,
            Sessions = [.. all.Sessions.Select(session => new ExportedSession { StartedAt = session.StartedAt, ExpiresAt = session.ExpiresAt })],
            KnownAddresses = addresses,
        },
        Answers = [.. all.Answers.Select(Answer)],
        Cards = [.. all.Cards.Select(entry => new ExportedCard { QuestionId = entry.QuestionId, Card = Card(entry.Card, now) })],
        Quizzes = [.. all.Quizzes.Select(quiz => quizzes.Page(quiz, isDrawn: false))],
        Interviews = [.. all.Interviews.Select(InterviewMapper.Page)],
        TrainingRuns = [.. all.TrainingRuns.Select(TrainingRunMapper.Page)],
        Notes = [.. all.Notes.Select(NoteEndpoints.Page)],
        StudyMarks = [.. all.StudyMarks.Select(mark =>
            new ExportedStudyMark { StudySet = mark.StudySet, Item = mark.Item, DoneAt = mark.DoneAt })],
        Reports = [.. all.Reports.Select(QuestionReportEndpoints.Page)],
    };

    private static ExportedAnswer Answer(LearnerAnswer answer) => new()
    {
        QuestionId = answer.QuestionId,
        Topic = answer.Topic,
        Difficulty = (Client.Practice.Difficulty)answer.Difficulty,
        Source = (Client.Learners.AnswerSource)answer.Source,
        Score = answer.Score,
        Rating = Write(answer.Rating),
        AnsweredAt = answer.AnsweredAt,
    };

    private static TopicProgress Topic(Topic topic, Tallied<string> tally, TopicStrength strength) => new()
    {
        Topic = topic.Id,
        Name = topic.Name,
        Tally = Tally(tally),
        Recent = strength.Mean,
        AtLeast = strength.AtLeast,
        Weak = strength.IsWeak,
    };

    private static Tally Tally<TKey>(Tallied<TKey> row) =>
        new() { Answers = row.Answers, Questions = row.Questions, Correct = row.Correct, Score = row.Score };
}
