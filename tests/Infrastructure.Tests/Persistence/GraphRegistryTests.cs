using Backprop.Infrastructure.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public class GraphRegistryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_registered_graph_is_found_by_id_and_alias()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        Registration registration = await database.RegisterAsync(7, "seven");
        registration.Outcome.ShouldBe(RegistrationOutcome.Created);
        registration.Graph.Id.ShouldBe(TemporaryDatabase.Id(7));

        foreach (string name in new[] { TemporaryDatabase.Id(7), "seven" })
        {
            RegisteredGraph found = (await database.Registry.FindAsync(name, None)).ShouldNotBeNull();
            found.Id.ShouldBe(TemporaryDatabase.Id(7));
            found.Canonical.ShouldBe("{\"graph\":7}");
            found.Nodes.ShouldBe(7);
            found.CreatedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
            found.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        }

        (await database.Registry.FindAsync("Seven", None)).ShouldBeNull();
        (await database.Registry.FindAsync(TemporaryDatabase.Id(8), None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_registered_is_there_after_a_restart()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "one");
        await using var restarted = new TemporaryDatabase(database.FilePath);
        await restarted.MigrateAsync();
        (await restarted.Registry.FindAsync("one", None)).ShouldNotBeNull().Canonical.ShouldBe("{\"graph\":1}");
    }

    [Fact]
    public async Task A_deleted_graph_is_gone_under_all_its_names()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "one");
        await database.RegisterAsync(2, "two");
        (await database.Registry.DeleteAsync("one", None)).ShouldBeTrue();
        (await database.Registry.DeleteAsync(TemporaryDatabase.Id(2), None)).ShouldBeTrue();
        (await database.Registry.DeleteAsync("one", None)).ShouldBeFalse();
        (await database.Registry.ListAsync(10, null, None)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_canonical_form_comes_back_as_it_was()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{{\"größe\":{i}}}"));
        await database.Registry.RegisterAsync(new NewGraph(TemporaryDatabase.Id(3), text, "{}", 3, null), "", Quotas.Graphs(), None);
        (await database.Registry.FindAsync(TemporaryDatabase.Id(3), None))!.Canonical.ShouldBe(text);
        new FileInfo(database.FilePath).Length.ShouldBeLessThan(text.Length);
    }
}
