using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Filters as queries. Each can be answered by an index; the tests check the query plans.</summary>
internal static class QuestionSelection
{
    /// <summary>The questions that are not retired.</summary>
    public static IQueryable<StoredQuestion> GivenOut(this BackpropDbContext context) =>
        context.Questions.AsNoTracking().Where(question => question.RetiredAt == null);

    /// <summary>The questions that match a filter.</summary>
    public static IQueryable<StoredQuestion> Matching(this BackpropDbContext context, QuestionFilter filter)
    {
        IQueryable<StoredQuestion> questions = context.GivenOut();
        if (filter.Topics is { Count: > 0 } topics)
        {
            questions = questions.Where(question => topics.Contains(question.Topic));
        }

        if (filter.Kinds is { Count: > 0 } kinds)
        {
            questions = questions.Where(question => kinds.Contains(question.Kind));
        }

        if (filter.Difficulties is { Count: > 0 } difficulties)
        {
            questions = questions.Where(question => difficulties.Contains(question.Difficulty));
        }

        if (filter.Ids is { Count: > 0 } ids)
        {
            questions = questions.Where(question => ids.Contains(question.Id));
        }

        if (filter.IsClosed)
        {
            questions = questions.Where(question => !question.Open);
        }

        if (filter.IsGradable)
        {
            questions = questions.Where(question => question.Kind != QuestionFormat.Interview);
        }

        return questions.AskedBy(context, filter.Companies, filter.AllCompanies).Labelled(context, filter.Tags)
            .AnsweredBy(context, filter).About(context, filter.Text);
    }

    /// <summary>The question that was kept for a day, unless it can no longer be asked.</summary>
    public static IQueryable<StoredQuestion> Daily(this BackpropDbContext context, DateOnly day)
    {
        IQueryable<string> kept = context.DailyQuestions.Where(daily => daily.Day == day.DayNumber).Select(daily => daily.QuestionId);
        return context.Matching(new QuestionFilter { IsClosed = true, IsGradable = true }).Where(question => kept.Contains(question.Id));
    }

    /// <summary>Whether a filter consists only of words.</summary>
    public static bool IsTextAlone(this QuestionFilter filter) => filter.Text is not null && (filter with { Text = null }).MatchesAll;

    /// <summary>
    /// The number of questions that match a filter. The full-text index contains only questions that are not retired, so it counts words by itself.
    /// </summary>
    public static Task<long> TotalAsync(this BackpropDbContext context, QuestionFilter filter, CancellationToken cancellationToken) =>
        filter.IsTextAlone()
        ? context.Found(filter.Text!).LongCountAsync(cancellationToken)
        : context.Matching(filter).LongCountAsync(cancellationToken);

    /// <summary>The rows of the full-text index that contain all the words; none if there is no word.</summary>
    public static IQueryable<TextMatch> Found(this BackpropDbContext context, string text) => context.Matches(SearchText.Query(text));

    private static IQueryable<TextMatch> Matches(this BackpropDbContext context, string? query) => query is null
        ? context.Set<TextMatch>().FromSql($"SELECT 0 AS Sequence, 0.0 AS Rank WHERE 0")
        : context.Set<TextMatch>().FromSql($"SELECT rowid AS Sequence, rank AS Rank FROM QuestionSearch WHERE QuestionSearch MATCH {query}");

    private static IQueryable<StoredQuestion> About(this IQueryable<StoredQuestion> questions, BackpropDbContext context, string? text)
    {
        if (text is null)
        {
            return questions;
        }

        IQueryable<long> found = context.Found(text).Select(match => match.Sequence);
        return questions.Where(question => found.Contains(question.Sequence));
    }

    // The full-text index finds candidates by the words of a label; a label is more than words of the same stems.
    private static IQueryable<StoredQuestion> Labelled(
        this IQueryable<StoredQuestion> questions, BackpropDbContext context, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
        {
            return questions;
        }

        IQueryable<long> found = context.Matches(SearchText.LabelQuery(tags)).Select(match => match.Sequence);
        return questions.Where(question => found.Contains(question.Sequence)
            && tags.Any(tag => (" " + question.Text!.Tags + " ").Contains(" " + tag + " ")));
    }

    // Every recorded answer has a card.
    private static IQueryable<StoredQuestion> AnsweredBy(
        this IQueryable<StoredQuestion> questions, BackpropDbContext context, QuestionFilter filter)
    {
        if (filter.UnseenBy is { } newcomer)
        {
            questions = questions.Where(question =>
                !context.ReviewCards.Any(card => card.LearnerId == newcomer && card.QuestionId == question.Id));
        }

        if (filter.AnsweredWrongBy is { } learner)
        {
            IQueryable<long> last = context.LearnerAnswers.Where(answer => answer.LearnerId == learner && answer.Score != null)
                .GroupBy(answer => answer.QuestionId).Select(answers => answers.Max(answer => answer.Sequence));
            IQueryable<string> wrong = context.LearnerAnswers.Where(answer => last.Contains(answer.Sequence) && answer.Score < 1)
                .Select(answer => answer.QuestionId);
            questions = questions.Where(question => wrong.Contains(question.Id));
        }

        return questions;
    }

    private static IQueryable<StoredQuestion> AskedBy(
        this IQueryable<StoredQuestion> questions, BackpropDbContext context, IReadOnlyList<string> companies, bool all)
    {
        if (companies.Count == 0)
        {
            return questions;
        }

        if (!all)
        {
            IQueryable<long> any = context.QuestionCompanies.Where(row => companies.Contains(row.Company)).Select(row => row.Question);
            return questions.Where(question => any.Contains(question.Sequence));
        }

        foreach (string company in companies)
        {
            IQueryable<long> one = context.QuestionCompanies.Where(row => row.Company == company).Select(row => row.Question);
            questions = questions.Where(question => one.Contains(question.Sequence));
        }

        return questions;
    }
}
