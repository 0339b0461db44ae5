using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Reads a page of a list.</summary>
internal static class QuestionListing
{
    public static async Task<ListedQuestions> PageAsync(
        BackpropDbContext context, QuestionFilter filter, QuestionOrder order, int limit, QuestionCursor? place, CancellationToken cancellationToken)
    {
        List<ListedQuestion> rows = await Listed(Ranked(context, filter, order).Paged(order, place).Take(limit + 1)).ToListAsync(cancellationToken);
        bool isLast = rows.Count <= limit;
        long total = isLast && place is null ? rows.Count : await context.Matching(filter).LongCountAsync(cancellationToken);
        if (!isLast)
            rows.RemoveAt(limit);
        return new ListedQuestions(await WithCompaniesAsync(context, rows, cancellationToken), total, isLast ? null : After(rows[^1], order));
    }

    // In the order of relevance the index gives each question with its rank; elsewhere it only says which questions they are.
    private static IQueryable<RankedQuestion> Ranked(BackpropDbContext context, QuestionFilter filter, QuestionOrder order) => order == QuestionOrder.Relevance
        ? context.Found(filter.Text ?? "").Join(
            context.Matching(filter with { Text = null }),
            match => match.Sequence,
            question => question.Sequence,
            (match, question) => new RankedQuestion { Question = question, Rank = match.Rank })
        : context.Matching(filter).Select(question => new RankedQuestion { Question = question, Rank = 0 });

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
            return rows;
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
