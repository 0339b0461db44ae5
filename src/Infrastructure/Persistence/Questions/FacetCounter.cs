using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// Counts facets in two queries: the questions of each topic, kind and difficulty together, from which the three facets are summed, and those of each
/// company.
/// </summary>
internal static class FacetCounter
{
    public static async Task<QuestionCounts> CountAsync(BackpropDbContext context, QuestionFilter filter, CancellationToken cancellationToken)
    {
        List<Cell> cells = await context.Matching(filter with { Topics = [], Kinds = [], Difficulties = [] })
            .GroupBy(question => new { question.Topic, question.Kind, question.Difficulty })
            .Select(group => new Cell(group.Key.Topic, group.Key.Kind, group.Key.Difficulty, group.LongCount()))
            .ToListAsync(cancellationToken);
        Dictionary<string, string> names = await context.Topics.AsNoTracking()
            .ToDictionaryAsync(topic => topic.Id, topic => topic.Name, cancellationToken);
        bool Topic(Cell cell) => filter.Topics.Count == 0 || filter.Topics.Contains(cell.Topic);
        bool Kind(Cell cell) => filter.Kinds.Count == 0 || filter.Kinds.Contains(cell.Kind);
        bool Difficulty(Cell cell) => filter.Difficulties.Count == 0 || filter.Difficulties.Contains(cell.Difficulty);
        return new QuestionCounts(
            cells.Where(cell => Topic(cell) && Kind(cell) && Difficulty(cell)).Sum(cell => cell.Count),
            await CompaniesAsync(context, filter, cancellationToken),
            [.. Sums(cells.Where(cell => Topic(cell) && Kind(cell)), cell => cell.Difficulty).OrderBy(sum => sum.Value)],
            [.. Sums(cells.Where(cell => Kind(cell) && Difficulty(cell)), cell => cell.Topic)
                .Select(sum => (new Topic(sum.Value, names[sum.Value]), sum.Count)).OrderBy(sum => sum.Item1.Name, StringComparer.Ordinal)],
            [.. Sums(cells.Where(cell => Topic(cell) && Difficulty(cell)), cell => cell.Kind).OrderBy(sum => sum.Value)],
            await TagsAsync(context, filter with { Tags = [] }, cancellationToken));
    }

    private static async Task<(string Tag, long Count)[]> TagsAsync(BackpropDbContext context, QuestionFilter filter,
        CancellationToken cancellationToken)
    {
        var together = await context.Matching(filter)
            .GroupBy(question => question.Text!.Tags)
            .Select(group => new { Tags = group.Key, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        return [.. together.SelectMany(row => row.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), (row, tag) => (Tag: tag, row.Count))
            .GroupBy(row => row.Tag, row => row.Count)
            .Select(group => (group.Key, Count: group.Sum()))
            .OrderByDescending(count => count.Count).ThenBy(count => count.Key, StringComparer.Ordinal)];
    }

    private static async Task<(string Company, long Count)[]> CompaniesAsync(BackpropDbContext context, QuestionFilter filter,
        CancellationToken cancellationToken)
    {
        QuestionFilter others = filter with { Companies = [] };

        // Without other filters the companies' own table has the counts, since it contains only questions that are not retired.
        IQueryable<string> names = others.MatchesAll
            ? context.QuestionCompanies.Select(row => row.Company)
            : context.Matching(others)
                .Join(context.QuestionCompanies, question => question.Sequence, row => row.Question, (question, row) => row.Company);
        var counts = await names
            .GroupBy(name => name)
            .Select(group => new { Company = group.Key, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        return [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Company, StringComparer.OrdinalIgnoreCase)
            .Select(count => (count.Company, count.Count))];
    }

    private static IEnumerable<(T Value, long Count)> Sums<T>(IEnumerable<Cell> cells, Func<Cell, T> value) =>
        cells.GroupBy(value).Select(group => (group.Key, group.Sum(cell => cell.Count)));

    private sealed record Cell(string Topic, QuestionFormat Kind, DifficultyLevel Difficulty, long Count);
}
