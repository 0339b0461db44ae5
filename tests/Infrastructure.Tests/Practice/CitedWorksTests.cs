using System.Text.Json;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>
/// The works that the bank cites, in works.json: each with the page against which its title, authors and year were checked, as far as they were.
/// A work that a question cites for the first time gets a row there.
/// </summary>
public sealed class CitedWorksTests
{
    // To be lowered with every work that is checked, never raised.
    private const int MostUnchecked = 30;

    private static readonly Work[] Works = JsonSerializer.Deserialize<Work[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Practice", "works.json")), JsonSerializerOptions.Web)!;

    private static readonly Citation[] Citations = [.. Practising.Bank.SelectMany(question => question.Citations)];

    [Fact]
    public void Every_citation_agrees_with_its_row() =>
        Citations.Select(citation => (citation.Title, citation.Authors, citation.Year)).Distinct()
            .Except(Works.Select(work => (work.Title, work.Authors, work.Year))).ShouldBeEmpty();

    [Fact]
    public void Every_row_is_cited_once_only() => Works.Select(work => work.Title).ShouldBe(
        Citations.Select(citation => citation.Title).Distinct(), ignoreOrder: true);

    [Fact]
    public void Most_works_name_the_page_that_they_were_checked_against()
    {
        Works.Count(work => work.CheckedAgainst is null).ShouldBeLessThanOrEqualTo(MostUnchecked);
        Works.Select(work => work.CheckedAgainst).OfType<string>().ShouldAllBe(page => Uri.IsWellFormedUriString(page, UriKind.Absolute));
    }

    private sealed record Work(string Title, string Authors, int Year, string? CheckedAgainst = null);
}
