using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Tests.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Checks the plan of each query: it searches by an index, whatever the filter.</summary>
public sealed class QueryPlanTests(FilledBank bank) : IClassFixture<FilledBank>
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<bool, bool, bool, int, bool> Filters()
    {
        var data = new TheoryData<bool, bool, bool, int, bool>();
        for (int bits = 1; bits < 64; bits++)
        {
            data.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits >> 3) & 3, (bits & 32) != 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task No_filter_scans_the_table(bool topic, bool kind, bool difficulty, int companies, bool text)
    {
        var filter = new QuestionFilter
        {
            Topics = topic ? ["memory", "precision"] : [],
            Kinds = kind ? [QuestionFormat.Numeric] : [],
            Difficulties = difficulty ? [DifficultyLevel.Hard] : [],
            Companies = SampleQuestions.Companies[..Math.Min(companies, 2)],
            AllCompanies = companies == 3,
            Text = text ? "gradient" : null,
        };
        foreach (QuestionOrder order in Enum.GetValues<QuestionOrder>().Where(order => text || order != QuestionOrder.Relevance))
        {
            QuestionCursor? place = order switch
            {
                QuestionOrder.Relevance => new QuestionCursor(order, -1, 5),
                _ => new QuestionCursor(order, 1, 5),
            };
            string[] steps = await PlansAsync(context => QuestionListQuery.PageAsync(context, filter, order, 5, place, None));
            steps.ShouldNotContain(step => IsScan(step, steps), $"{filter} {order}: {string.Join(" | ", steps)}");
        }
    }

    [Fact]
    public async Task Without_a_filter_a_page_is_read_in_the_order_of_an_index()
    {
        foreach (QuestionOrder order in Enum.GetValues<QuestionOrder>().Where(order => order != QuestionOrder.Relevance))
        {
            string[] steps = await PlansAsync(context => QuestionListQuery.PageAsync(context, new QuestionFilter(), order, 5, new QuestionCursor(order, 1, 5), None));
            steps.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal), order.ToString());
        }
    }

    // The selected page itself is scanned; and the full-text index is a virtual table, for which every search is reported as a scan.
    private static bool IsScan(string step, string[] steps) => step.Split(' ') is ["SCAN", var table, ..]
        && !steps.Contains($"CO-ROUTINE {table}") && !steps.Contains($"MATERIALIZE {table}") && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal);

    private Task<string[]> PlansAsync(Func<BackpropDbContext, Task> query) => QueryPlans.OfAsync(bank.Database, query);
}
