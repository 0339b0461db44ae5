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
        if (filter.Topic is { } topic)
        {
            questions = questions.Where(question => question.Topic == topic);
        }

        if (filter.Kind is { } kind)
        {
            questions = questions.Where(question => question.Kind == kind);
        }

        if (filter.Difficulty is { } difficulty)
        {
            questions = questions.Where(question => question.Difficulty == difficulty);
        }

        if (filter.IsGradable)
        {
            questions = questions.Where(question => !question.Open && question.Kind != QuestionFormat.Interview);
        }

        questions = questions.AskedBy(context, filter.Companies, filter.AllCompanies);
        if (filter.Text is not { } text)
        {
            return questions;
        }

        IQueryable<long> found = context.Found(text).Select(match => match.Sequence);
        return questions.Where(question => found.Contains(question.Sequence));
    }

    /// <summary>The question that was kept for a day, unless it can no longer be asked.</summary>
    public static IQueryable<StoredQuestion> Daily(this BackpropDbContext context, DateOnly day)
    {
        IQueryable<string> kept = context.DailyQuestions.Where(daily => daily.Day == day.DayNumber).Select(daily => daily.QuestionId);
        return context.Matching(new QuestionFilter { IsGradable = true }).Where(question => kept.Contains(question.Id));
    }

    /// <summary>Whether a filter consists only of words.</summary>
    public static bool IsTextAlone(this QuestionFilter filter) =>
        filter is { Text: not null, Topic: null, Kind: null, Difficulty: null, IsGradable: false, Companies.Count: 0 };

    /// <summary>
    /// The number of questions that match a filter. The full-text index contains only questions that are not retired, so it counts words by itself.
    /// </summary>
    public static Task<long> TotalAsync(this BackpropDbContext context, QuestionFilter filter, CancellationToken cancellationToken) =>
        filter.IsTextAlone()
        ? context.Found(filter.Text!).LongCountAsync(cancellationToken)
        : context.Matching(filter).LongCountAsync(cancellationToken);

    /// <summary>The rows of the full-text index that contain all the words; none if there is no word.</summary>
    public static IQueryable<TextMatch> Found(this BackpropDbContext context, string text)
    {
        string? query = SearchText.Query(text);
        return query is null
            ? context.Set<TextMatch>().FromSql($"SELECT 0 AS Sequence, 0.0 AS Rank WHERE 0")
            : context.Set<TextMatch>().FromSql($"SELECT rowid AS Sequence, rank AS Rank FROM QuestionSearch WHERE QuestionSearch MATCH {query}");
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
