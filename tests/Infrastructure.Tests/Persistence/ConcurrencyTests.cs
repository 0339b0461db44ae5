using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Two registries over one file, as two processes would have them.</summary>
public class ConcurrencyTests
{
    private const int Writers = 24;

    [Fact]
    public async Task One_graph_registered_by_many_is_created_once()
    {
        Registration[] registrations = await RaceAsync((database, _) => database.RegisterAsync(1, "one"));
        registrations.Count(r => r.Outcome == RegistrationOutcome.Created).ShouldBe(1);
        registrations.Count(r => r.Outcome == RegistrationOutcome.Existing).ShouldBe(Writers - 1);
    }

    [Fact]
    public async Task Different_graphs_are_all_created()
    {
        Registration[] registrations = await RaceAsync((database, i) => database.RegisterAsync(i, $"g{i}"));
        registrations.ShouldAllBe(r => r.Outcome == RegistrationOutcome.Created);
    }

    [Fact]
    public async Task Quotas_hold_while_all_register_at_once()
    {
        await using var first = await TemporaryDatabase.CreateAsync();
        await using var second = new TemporaryDatabase(first.FilePath);
        Registration[] registrations = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            (i % 2 == 0 ? first : second).RegisterAsync(i, $"g{i}", $"10.0.0.{i % 3}", Quotas.Graphs(client: 5, all: 12)))));
        registrations.ShouldAllBe(r => r.Outcome == RegistrationOutcome.Created);
        await using BackpropDbContext context = first.Context();
        (await context.Graphs.CountAsync()).ShouldBe(12);
        (await context.GraphRegistrations.GroupBy(row => row.Client).Select(rows => rows.Count()).ToListAsync()).ShouldBe([4, 4, 4]);
        (await context.GraphAliases.CountAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task An_alias_goes_to_one_graph()
    {
        Registration[] registrations = await RaceAsync((database, i) => database.RegisterAsync(i, "wanted"));
        Registration winner = registrations.Single(r => r.Outcome == RegistrationOutcome.Created);
        registrations.Where(r => r != winner).ShouldAllBe(r => r.Outcome == RegistrationOutcome.AliasTaken && r.Graph.Id == winner.Graph.Id);
    }

    private static async Task<Registration[]> RaceAsync(Func<TemporaryDatabase, int, Task<Registration>> register)
    {
        await using var first = await TemporaryDatabase.CreateAsync();
        await using var second = new TemporaryDatabase(first.FilePath);
        Registration[] registrations = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(i => Task.Run(() => register(i % 2 == 0 ? first : second, i))));
        int rows = (await first.Registry.ListAsync(1000, null, CancellationToken.None)).Items.Count;
        rows.ShouldBe(registrations.Count(r => r.Outcome == RegistrationOutcome.Created));
        return registrations;
    }
}
