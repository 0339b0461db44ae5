using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public class AliasTests
{
    private const string Victim = "198.51.100.1";
    private const string Attacker = "203.0.113.7";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Nobody_takes_over_an_alias()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "price-model", Victim);

        Registration second = await database.RegisterAsync(1, "zzz", Attacker);
        (second.Outcome, second.Graph.Id).ShouldBe((RegistrationOutcome.Existing, TemporaryDatabase.Id(1)));
        second.Graph.Aliases.ShouldBe(["price-model", "zzz"]);
        Registration taken = await database.RegisterAsync(2, "price-model", Attacker);
        (taken.Outcome, taken.Graph.Id).ShouldBe((RegistrationOutcome.AliasTaken, TemporaryDatabase.Id(1)));
        (await database.HasAsync(2)).ShouldBeFalse();
        (await database.Registry.IdOfAsync("price-model", None)).ShouldBe(TemporaryDatabase.Id(1));
    }

    [Fact]
    public async Task A_graph_keeps_all_its_aliases_in_their_order()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        (await database.RegisterAsync(1)).Graph.Aliases.ShouldBeEmpty();
        foreach (string alias in new[] { "b", "a", "b", "c" })
        {
            await database.RegisterAsync(1, alias);
        }

        await database.RegisterAsync(2, "d");
        foreach (string alias in new[] { "a", "b", "c" })
        {
            (await database.Registry.FindAsync(alias, None))!.Id.ShouldBe(TemporaryDatabase.Id(1));
        }

        (await database.RegisterAsync(1)).Graph.Aliases.ShouldBe(["b", "a", "c"]);
        (await database.Registry.NamesAsync(None)).ShouldBe(["b", "a", "c", "d", TemporaryDatabase.Id(1), TemporaryDatabase.Id(2)]);
        (await database.Registry.ListAsync(10, null, None)).Items.Select(graph => string.Join(' ', graph.Aliases)).ShouldBe(["b a c", "d"]);
    }

    [Fact]
    public async Task The_write_key_moves_an_alias()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "latest", Victim);
        await database.RegisterAsync(1, "latest", Attacker);
        await database.RegisterAsync(1, "first", Victim);
        (await database.RegisterAsync(2, "latest", client: null)).Outcome.ShouldBe(RegistrationOutcome.Created);
        (await database.Registry.IdOfAsync("latest", None)).ShouldBe(TemporaryDatabase.Id(2));
        (await database.RegisterAsync(1)).Graph.Aliases.ShouldBe(["first"]);
        (await database.RegisterAsync(1, "latest", Victim)).Outcome.ShouldBe(RegistrationOutcome.AliasTaken);
    }

    [Fact]
    public async Task An_alias_stays_as_long_as_one_of_those_who_gave_it()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        var quota = Quotas.Graphs(client: 1);
        await database.RegisterAsync(1, "shared", Victim, quota);
        await database.RegisterAsync(1, "shared", Attacker, quota);
        await database.RegisterAsync(2, "mine", Attacker, quota);
        (await database.Registry.IdOfAsync("shared", None)).ShouldBe(TemporaryDatabase.Id(1));
        (await database.Registry.NamesAsync(None)).ShouldBe(["shared", "mine", TemporaryDatabase.Id(1), TemporaryDatabase.Id(2)]);
        await database.RegisterAsync(3, null, Victim, quota);
        (await database.Registry.IdOfAsync("shared", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_gives_a_graph_so_many_aliases_and_leaves_room_for_those_of_others()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        var quota = Quotas.Graphs(aliases: 2);
        await database.RegisterAsync(1, "a", Attacker, quota);
        await database.RegisterAsync(1, "b", Attacker, quota);
        LimitException refused = await Should.ThrowAsync<LimitException>(() => database.RegisterAsync(1, "c", Attacker, quota));
        (refused.Limit, refused.Path).ShouldBe(("Graph:Aliases", "alias"));
        (await database.RegisterAsync(1, "c", Victim, quota)).Graph.Aliases.ShouldBe(["a", "b", "c"]);
        (await database.RegisterAsync(1, "a", Attacker, quota)).Outcome.ShouldBe(RegistrationOutcome.Existing);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData(".hidden")]
    [InlineData("-a")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("a\u0000")]
    [InlineData("price\u200bmodel")]
    [InlineData("\u202eledom")]
    [InlineData("pr\u0456ce-model")]
    [InlineData("\uff50rice")]
    [InlineData("mod\u00e8le")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    public async Task An_alias_that_could_be_mistaken_is_refused(string alias)
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        (await Should.ThrowAsync<GraphException>(() => database.RegisterAsync(1, alias))).Path.ShouldBe("alias");
        (await database.HasAsync(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("price-model_v1.2")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    public async Task Other_aliases_are_taken(string alias)
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        (await database.RegisterAsync(1, alias)).Graph.Aliases.ShouldBe([alias]);
        (await database.RegisterAsync(2, new string('x', 100))).Outcome.ShouldBe(RegistrationOutcome.Created);
        await Should.ThrowAsync<GraphException>(() => database.RegisterAsync(3, new string('x', 101)));
    }
}
