using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public class PagingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(100, 1)]
    public async Task Pages_hold_everything_once_in_order(int limit, int pages)
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        for (int i = 5; i >= 1; i--)
        {
            await database.RegisterAsync(i, $"g{i}");
        }

        List<RegisteredGraphSummary> seen = [];
        int read = 0;
        string? cursor = null;
        do
        {
            GraphPage page = await database.Registry.ListAsync(limit, cursor, None);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
            read++;
        }
        while (cursor is not null);
        seen.SelectMany(graph => graph.Aliases).ShouldBe(["g5", "g4", "g3", "g2", "g1"]);
        read.ShouldBe(pages);
    }

    [Fact]
    public async Task Paging_neither_loses_nor_repeats_while_graphs_come_and_go()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        for (int i = 1; i <= 4; i++)
        {
            await database.RegisterAsync(i);
        }

        GraphPage first = await database.Registry.ListAsync(2, null, None);
        await database.Registry.DeleteAsync(TemporaryDatabase.Id(2), None);
        await database.Registry.DeleteAsync(TemporaryDatabase.Id(4), None);
        await database.RegisterAsync(5);
        GraphPage second = await database.Registry.ListAsync(2, first.NextCursor, None);
        second.Items.Select(graph => graph.Nodes).ShouldBe([3, 5]);
        second.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_ends_before_long_declarations_fill_it()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        string declarations = new('x', 3 << 20);
        for (int i = 1; i <= 3; i++)
        {
            await database.Registry.RegisterAsync(TemporaryDatabase.Graph(i) with { Declarations = declarations }, "", Quotas.Graphs(), None);
        }

        string? cursor = null;
        for (int i = 1; i <= 3; i++)
        {
            GraphPage page = await database.Registry.ListAsync(100, cursor, None);
            page.Items.ShouldHaveSingleItem().Nodes.ShouldBe(i);
            cursor = page.NextCursor;
        }

        cursor.ShouldBeNull();
    }

    [Fact]
    public async Task A_number_is_never_used_twice()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1);
        await database.RegisterAsync(2);
        await database.RegisterAsync(3);
        string cursor = (await database.Registry.ListAsync(2, null, None)).NextCursor!;
        await database.Registry.DeleteAsync(TemporaryDatabase.Id(2), None);
        await database.Registry.DeleteAsync(TemporaryDatabase.Id(3), None);
        await database.RegisterAsync(4);
        (await database.Registry.ListAsync(2, cursor, None)).Items.Select(graph => graph.Nodes).ShouldBe([4]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_nobody_gave_is_refused(string cursor)
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        (await Should.ThrowAsync<GraphException>(() => database.Registry.ListAsync(2, cursor, None))).Path.ShouldBe("cursor");
    }
}
