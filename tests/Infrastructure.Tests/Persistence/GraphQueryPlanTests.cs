using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Checks the query plans for looking up and registering graphs: they use indexes, however many graphs there are.</summary>
public class GraphQueryPlanTests
{
    private const string Client = "0123456789abcdef0123456789abcdef";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_graph_is_looked_up_by_indexes()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "one");
        foreach (string name in new[] { "one", TemporaryDatabase.Id(1) })
        {
            await SearchesAsync(database, context => context.IdOfAsync(name, None));
        }

        await SearchesAsync(database, context => context.SummaryAsync(TemporaryDatabase.Id(1)));
    }

    [Theory]
    [InlineData(Client)]
    [InlineData("key")]
    public async Task A_graph_is_registered_and_others_evicted_by_indexes(string client)
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        for (int i = 1; i <= 4; i++)
        {
            await database.RegisterAsync(i, $"g{i}", i > 2 ? "203.0.113.7" : "198.51.100.1");
        }

        var uses = new GraphUses(TimeProvider.System);
        uses.Note(TemporaryDatabase.Id(2));
        foreach (GraphQuota quota in new[] { Quotas.Graphs(client: 1), Quotas.Graphs(all: 2), Quotas.Graphs(bytes: 900) })
        {
            await SearchesAsync(database, async context =>
            {
                foreach (int graph in new[] { 11, 12, 11, 13 })
                {
                    await new GraphRegistrar(context, TemporaryDatabase.Graph(graph, $"g{graph}"), client, quota, uses, DateTimeOffset.UtcNow).RunAsync();
                }
            }, mayFail: client == "key");
        }
    }

    private static async Task SearchesAsync(TemporaryDatabase database, Func<BackpropDbContext, Task> work, bool mayFail = false)
    {
        string[] steps = await QueryPlans.OfAsync(database, async context =>
        {
            try
            {
                await work(context);
            }
            catch (Domain.Graphs.LimitException) when (mayFail)
            {
                // Everything is pinned.
            }
        });
        steps.ShouldNotContain(step => step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW", string.Join(" | ", steps));
    }
}
