using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Reads a page of a list.</summary>
internal static class QuestionListQuery
{
    public static async Task<ListedQuestions> PageAsync(
        BackpropDbContext context, QuestionFilter filter, QuestionOrder order, int limit, QuestionCursor? place, CancellationToken cancellationToken)
    {
        List<ListedQuestion> rows = await Listed(Paged(context, filter, order, place, limit + 1)).ToListAsync(cancellationToken);
        bool isLast = rows.Count <= limit;
        long total = isLast && place is null ? rows.Count : await context.TotalAsync(filter, cancellationToken);
        if (!isLast)
        {
            rows.RemoveAt(limit);
        }

        return new ListedQuestions(await WithCompaniesAsync(context, rows, cancellationToken), total, isLast ? null : After(rows[^1], order));
    }

    private static IQueryable<RankedQuestion> Paged(BackpropDbContext context, QuestionFilter filter, QuestionOrder order, QuestionCursor? place,
        int count) =>
        order == QuestionOrder.Relevance
            ? ByRelevance(context, filter, place, count)
            : context.Matching(filter).Select(question => new RankedQuestion { Question = question, Rank = 0 }).Paged(order, place).Take(count);

    // If the filter consists only of words, the full-text index selects the page itself, and only its questions are read.
    private static IQueryable<RankedQuestion> ByRelevance(BackpropDbContext context, QuestionFilter filter, QuestionCursor? place, int count)
    {
        IQueryable<TextMatch> found = context.Found(filter.Text ?? "");
        if (!filter.IsTextAlone())
        {
            return Ranked(found, context.Matching(filter with { Text = null })).Paged(QuestionOrder.Relevance, place).Take(count);
        }

        if (place is var (_, rank, sequence))
        {
            found = found.Where(match => match.Rank > rank || (match.Rank == rank && match.Sequence > sequence));
        }

        IQueryable<TextMatch> page = found.OrderBy(match => match.Rank).ThenBy(match => match.Sequence).Take(count);
        return Ranked(page, context.GivenOut()).Paged(QuestionOrder.Relevance, null);
    }

    private static IQueryable<RankedQuestion> Ranked(IQueryable<TextMatch> found, IQueryable<StoredQuestion> questions) => found.Join(
        questions,
        match => match.Sequence,
        question => question.Sequence,
        (match, question) => new RankedQuestion { Question = question, Rank = match.Rank });

    private static IQueryable<ListedQuestion> Listed(IQueryable<RankedQuestion> questions) => questions.Select(row => new ListedQuestion
    {
        Sequence = row.Question.Sequence,
        Id = row.Question.Id,
        Version = row.Question.Version,
        Topic = row.Question.Topic,
        Kind = row.Question.Kind,
        Difficulty = row.Question.Difficulty,
        Title = row.Question.Text!.Title,
        Prompt = row.Question.Text.Prompt,
        Tags = row.Question.Text.Tags,
        Hints = row.Question.Hints,
        Drawn = row.Question.Drawn,
        Rank = row.Rank,
    });

    private static async Task<IReadOnlyList<ListedQuestion>> WithCompaniesAsync(
        BackpropDbContext context, List<ListedQuestion> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        long[] sequences = [.. rows.Select(row => row.Sequence)];
        List<StoredCompany> companies = await context.QuestionCompanies.AsNoTracking()
            .Where(row => sequences.Contains(row.Question))
            .ToListAsync(cancellationToken);
        ILookup<long, string> names = companies.ToLookup(row => row.Question, row => row.Company);
        return [.. rows.Select(row => row with { Companies = [.. names[row.Sequence].Order(StringComparer.OrdinalIgnoreCase)] })];
    }

    private static string After(ListedQuestion last, QuestionOrder order)
    {
        double value = order switch
        {
            QuestionOrder.Easiest or QuestionOrder.Hardest => (double)last.Difficulty,
            QuestionOrder.Relevance => last.Rank,
            _ => 0,
        };
        return new QuestionCursor(order, value, last.Sequence).ToString();
    }
}
