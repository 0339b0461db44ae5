using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public sealed class WriteTurnTests
{
    [Fact]
    public async Task A_write_that_fails_takes_no_other_with_it()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        Task<int>[] writes = [.. Enumerable.Range(0, 60).Select(graph => Task.Run(() => database.Writes.RunAsync(
            async context =>
            {
                context.Add(Graph(graph));
                await context.SaveChangesAsync();
                return graph % 3 == 0 ? throw new TimeoutException($"{graph}") : graph;
            },
            CancellationToken.None)))];
        foreach ((int graph, Task<int> write) in writes.Index())
        {
            if (graph % 3 == 0)
            {
                (await Should.ThrowAsync<TimeoutException>(() => write)).Message.ShouldBe($"{graph}");
            }
            else
            {
                (await write).ShouldBe(graph);
            }
        }

        await using BackpropDbContext context = database.Context();
        (await context.Graphs.Select(row => row.Nodes).ToListAsync()).ShouldBe(Enumerable.Range(0, 60).Where(graph => graph % 3 != 0), ignoreOrder: true);
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_written_nothing_or_is_told_what()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        var begun = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        Task<int> first = database.Writes.RunAsync(
            async _ =>
            {
                begun.SetResult();
                await free.Task;
                return 1;
            },
            CancellationToken.None);
        await begun.Task;
        using var patience = new CancellationTokenSource();
        Task<int> second = database.Writes.RunAsync(
            async context =>
            {
                context.Add(Graph(2));
                return await context.SaveChangesAsync();
            },
            patience.Token);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        free.SetResult();
        (await first).ShouldBe(1);
        (await database.Writes.RunAsync(context => context.Graphs.CountAsync(), CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_read_is_as_it_is_when_it_is_written()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await using var other = new TemporaryDatabase(database.FilePath);
        int[] counts = await Task.WhenAll(Enumerable.Range(0, 80).Select(graph => Task.Run(() => (graph % 2 == 0 ? database : other).Writes.RunAsync(
            async context =>
            {
                int count = await context.Graphs.CountAsync();
                context.Add(Graph(graph));
                await context.SaveChangesAsync();
                return count;
            },
            CancellationToken.None))));
        counts.Order().ShouldBe(Enumerable.Range(0, 80));
    }

    private static RegisteredGraph Graph(int graph) => new()
    {
        Id = TemporaryDatabase.Id(graph),
        Compressed = CompressedText.Compress("{}"),
        Declarations = "{}",
        Nodes = graph,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
