using System.Security.Cryptography;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Graphs;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public class GraphQuotaTests
{
    private const string Flood = "203.0.113.7";
    private const string Other = "198.51.100.1";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_client_past_its_quota_loses_the_graph_that_it_used_longest_ago()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(client: 3);
        for (int i = 1; i <= 3; i++)
        {
            await database.RegisterAsync(i, $"g{i}", quota: quota);
        }

        await database.Registry.IdOfAsync("g1", None);
        await database.Registry.FindAsync(TemporaryDatabase.Id(2), None);
        (await database.RegisterAsync(4, quota: quota)).Outcome.ShouldBe(RegistrationOutcome.Created);
        (await IdsAsync(database)).ShouldBe([1, 2, 4]);
        await database.RegisterAsync(5, quota: quota);
        (await IdsAsync(database)).ShouldBe([2, 4, 5]);
        (await database.Registry.IdOfAsync("g3", None)).ShouldBeNull();
        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task A_flood_displaces_itself_alone()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(client: 50, all: 20);
        for (int i = 1; i <= 5; i++)
        {
            await database.RegisterAsync(i, null, Other, quota);
        }

        database.Clock.Advance(TimeSpan.FromHours(1));
        for (int i = 100; i < 160; i++)
        {
            (await database.RegisterAsync(i, null, Flood, quota)).Outcome.ShouldBe(RegistrationOutcome.Created);
        }

        (await IdsAsync(database)).ShouldBe([1, 2, 3, 4, 5, .. Enumerable.Range(145, 15)]);
        for (int i = 6; i <= 10; i++)
        {
            (await database.RegisterAsync(i, null, Other, quota)).Outcome.ShouldBe(RegistrationOutcome.Created);
        }

        (await IdsAsync(database)).ShouldBe([1, 2, 3, 4, 5, .. Enumerable.Range(150, 10), 6, 7, 8, 9, 10]);
        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task Of_clients_with_as_many_the_one_that_was_idle_longest_makes_room()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(all: 3);
        for (int i = 1; i <= 3; i++)
        {
            await database.RegisterAsync(i, null, $"10.0.0.{i}", quota);
        }

        await database.Registry.IdOfAsync(TemporaryDatabase.Id(1), None);
        await database.RegisterAsync(4, null, "10.0.0.4", quota);
        await database.RegisterAsync(5, null, "10.0.0.5", quota);
        (await IdsAsync(database)).ShouldBe([1, 4, 5]);
    }

    [Fact]
    public async Task Bytes_count_as_well()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(clientBytes: 40_000, bytes: 60_000, graphBytes: 30_000);
        await LargeAsync(1, Flood, 15_000);
        await LargeAsync(2, Flood, 15_000);
        await LargeAsync(3, Flood, 15_000);
        (await IdsAsync(database)).ShouldBe([2, 3]);
        await LargeAsync(4, Other, 10_000);
        await LargeAsync(5, Other, 12_000);
        await LargeAsync(6, Other, 12_000);
        (await IdsAsync(database)).ShouldBe([2, 3, 5, 6]);
        (await Should.ThrowAsync<LimitException>(() => LargeAsync(7, Other, 30_000))).Limit.ShouldBe("Graph:Bytes");
        await CountsAreRightAsync(database);

        Task<Registration> LargeAsync(int graph, string client, int bytes) => database.Registry.RegisterAsync(
            TemporaryDatabase.Graph(graph) with { Declarations = Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes / 2)) }, client, quota, None);
    }

    [Fact]
    public async Task A_graph_that_cannot_fit_evicts_nothing()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1);
        foreach (GraphQuota quota in new[] { Quotas.Graphs(client: 0), Quotas.Graphs(clientBytes: 100), Quotas.Graphs(all: 0), Quotas.Graphs(bytes: 100), Quotas.Graphs(graphBytes: 100) })
        {
            await Should.ThrowAsync<LimitException>(() => database.RegisterAsync(2, quota: quota));
        }

        (await IdsAsync(database)).ShouldBe([1]);
        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task Pinned_graphs_stay_with_the_names_that_they_had()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(client: 2, all: 4);
        await database.RegisterAsync(1, "one", Other, quota);
        (await database.RegisterAsync(1, "uno", client: null, quota)).Graph.ShouldSatisfyAllConditions(
            graph => graph.Pinned.ShouldBeTrue(), graph => graph.Aliases.ShouldBe(["one", "uno"]));
        (await database.RegisterAsync(2, "two", client: null, quota)).Graph.Pinned.ShouldBeTrue();
        database.Clock.Advance(TimeSpan.FromDays(1));
        for (int i = 10; i < 20; i++)
        {
            (await database.RegisterAsync(i, null, i % 2 == 0 ? Other : Flood, quota)).Graph.Pinned.ShouldBeFalse();
        }

        foreach ((string name, int graph) in new[] { ("one", 1), ("uno", 1), ("two", 2) })
        {
            (await database.Registry.IdOfAsync(name, None)).ShouldBe(TemporaryDatabase.Id(graph));
        }

        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task A_registry_full_of_pinned_graphs_names_its_limit()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(all: 2);
        await database.RegisterAsync(1, null, Other, quota);
        await database.RegisterAsync(2, null, client: null, quota);
        await database.RegisterAsync(3, null, client: null, quota);
        (await IdsAsync(database)).ShouldBe([2, 3]);
        (await Should.ThrowAsync<LimitException>(() => database.RegisterAsync(4, null, Other, quota))).Limit.ShouldBe("All:Count");
        (await Should.ThrowAsync<LimitException>(() => database.RegisterAsync(4, null, client: null, quota))).Limit.ShouldBe("All:Count");
        (await database.Registry.DeleteAsync(TemporaryDatabase.Id(2), None)).ShouldBeTrue();
        (await database.RegisterAsync(4, null, Other, quota)).Outcome.ShouldBe(RegistrationOutcome.Created);
        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task Who_registers_a_graph_again_keeps_it_whatever_its_first_client_does()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        GraphQuota quota = Quotas.Graphs(client: 2);
        await database.RegisterAsync(1, null, Flood, quota);
        (await database.RegisterAsync(1, "mine", Other, quota)).Outcome.ShouldBe(RegistrationOutcome.Existing);
        database.Clock.Advance(TimeSpan.FromHours(1));
        for (int i = 10; i < 15; i++)
        {
            await database.RegisterAsync(i, null, Flood, quota);
        }

        (await database.Registry.IdOfAsync("mine", None)).ShouldBe(TemporaryDatabase.Id(1));
        await CountsAreRightAsync(database);
    }

    [Fact]
    public async Task Lowered_limits_are_reached_step_by_step_and_refuse_nobody()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        for (int i = 0; i < 1100; i++)
        {
            await database.RegisterAsync(i);
        }

        (await database.RegisterAsync(2000, quota: Quotas.Graphs(client: 10))).Outcome.ShouldBe(RegistrationOutcome.Created);
        (await IdsAsync(database)).Count.ShouldBe(101);
        await database.RegisterAsync(2001, quota: Quotas.Graphs(client: 10));
        (await IdsAsync(database)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Uses_outlive_a_restart()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        for (int i = 1; i <= 2; i++)
        {
            await database.RegisterAsync(i, null, Flood);
        }

        database.Clock.Advance(TimeSpan.FromMinutes(10));
        await database.Registry.IdOfAsync(TemporaryDatabase.Id(1), None);
        await database.Registry.WriteUsesAsync(None);

        await using var restarted = new TemporaryDatabase(database.FilePath);
        await restarted.MigrateAsync();
        await restarted.RegisterAsync(3, null, Flood, Quotas.Graphs(client: 2));
        (await IdsAsync(restarted)).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Addresses_of_clients_are_not_stored()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, null, Flood);
        await using var other = await TemporaryDatabase.CreateAsync();
        await other.RegisterAsync(1, null, Flood);
        string here = await ClientAsync(database), there = await ClientAsync(other);
        here.ShouldMatch("^[0-9a-f]{32}$");
        here.ShouldNotBe(there);

        static async Task<string> ClientAsync(TemporaryDatabase database)
        {
            await using BackpropDbContext context = database.Context();
            return (await context.GraphRegistrations.SingleAsync()).Client;
        }
    }

    private static async Task<List<int>> IdsAsync(TemporaryDatabase database)
    {
        await using BackpropDbContext context = database.Context();
        return await context.Graphs.OrderBy(graph => graph.Sequence).Select(graph => graph.Nodes).ToListAsync();
    }

    private static async Task CountsAreRightAsync(TemporaryDatabase database)
    {
        await using BackpropDbContext context = database.Context();
        var held = await context.Holdings.Where(holding => holding.Kind == "graphs" && holding.Count > 0).ToDictionaryAsync(holding => holding.Client, holding => (holding.Count, holding.Bytes));
        var rows = await context.GraphRegistrations.GroupBy(row => row.Client).Select(rows => new { rows.Key, Count = rows.Count(), Bytes = rows.Sum(row => row.Bytes) }).ToListAsync();
        var counted = rows.ToDictionary(row => row.Key, row => (row.Count, row.Bytes));
        counted["*"] = (rows.Sum(row => row.Count), rows.Sum(row => row.Bytes));
        held.ShouldBe(counted, ignoreOrder: true);
    }
}
