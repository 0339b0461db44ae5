using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Graphs;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Registry;

public sealed class ListTests : IDisposable
{
    private readonly SmallRegistryFixture api = new();

    [Fact]
    public async Task Pages_follow_one_another_until_all_are_shown()
    {
        string[] ids = await FillAsync();
        var seen = new List<string>();
        string? next = "/graphs?limit=2";
        for (int pages = 1; next is not null; pages++)
        {
            using var response = await api.Http.GetAsync(next);
            GraphList page = (await response.Content.ReadFromJsonAsync<GraphList>(BackpropJson.Create()))!;
            page.Items.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Items.Select(item => item.Id));
            next = response.Headers.TryGetValues("Link", out var links) ? Next(links.ShouldHaveSingleItem()) : null;
            (next is null).ShouldBe(page.NextCursor is null);
            pages.ShouldBeLessThan(10);
        }

        seen.ShouldBe(ids);
    }

    [Fact]
    public async Task A_summary_tells_what_the_graph_takes_and_gives()
    {
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "y = a*b; z = y + 1", Alias = "sum" });
        GraphSummary item = (await api.Api.ListGraphsAsync()).Items.ShouldHaveSingleItem();
        (item.Alias, item.Nodes).ShouldBe(("sum", 2));
        item.Inputs.Select(input => input.Name).ShouldBe(["a", "b"]);
        item.Outputs.ShouldBe(["z"]);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=x")]
    [InlineData("cursor=!")]
    [InlineData("cursor=AAAA")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var response = await api.Http.GetAsync($"/graphs?{query}");
        ((int)response.StatusCode).ShouldBeInRange(400, 422);
        (await response.ShouldBeProblemAsync(response.StatusCode))["errors"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Past_the_quota_registrations_are_refused_by_its_name_and_known_graphs_are_not()
    {
        await FillAsync();
        var refusal = await Should.ThrowAsync<ApiException>(api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*100" }));
        refusal.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refusal.Content.ShouldNotBeNull().ShouldContain("Limits:RegisteredGraphs");
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*1" });
    }

    public void Dispose() => api.Dispose();

    private async Task<string[]> FillAsync()
    {
        var ids = new string[SmallRegistryFixture.Quota];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = $"L = a*{i}" })).Id;
        }

        return ids;
    }

    private static string Next(string link)
    {
        link.ShouldEndWith("; rel=\"next\"");
        return link[1..link.IndexOf('>')];
    }
}
