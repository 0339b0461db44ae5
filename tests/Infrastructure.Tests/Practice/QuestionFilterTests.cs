using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Lists and facets under random filters, compared with the same in memory.</summary>
public sealed class QuestionFilterTests(FilledBank bank) : IClassFixture<FilledBank>
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly Gen<QuestionFilter> Filters = Gen.Select(
        Gen.OneOf<string>([.. SampleQuestions.Companies, "acme", "Nobody"]).Array[0, 3],
        Gen.Bool,
        Gen.Enum<DifficultyLevel>().Array[0, 2],
        Gen.OneOf<string>([.. SampleQuestions.Topics, "nothing"]).Array[0, 2],
        Gen.Enum<QuestionFormat>().Array[0, 2],
        Gen.OneOf<string?>(null, null, "gradient", "GRADIENTS", "softmax layers", "n²", "O(n)", "trade-off", "\"", "absent", "gradient\0tape"),
        Gen.OneOf<string>("trade-off", "derivation", "quick-check", "trade", "off-trade").Array[0, 2],
        (companies, all, difficulties, topics, kinds, text, tags) => new QuestionFilter
        {
            Companies = companies,
            AllCompanies = all,
            Difficulties = difficulties,
            Topics = topics,
            Kinds = kinds,
            Text = text,
            Tags = tags,
        });

    [Fact]
    public Task Every_order_shows_what_the_filter_lets_through_once() => Gen.Select(Filters, Gen.Enum<QuestionOrder>(), Gen.Int[1, 60]).SampleAsync(
        async (filter, order, limit) =>
        {
            Question[] expected = [.. Oracle.Matching(bank.Set, filter)];
            if (order == QuestionOrder.Relevance && filter.Text is null)
            {
                return;
            }

            List<ListedQuestion> seen = [];
            string? cursor = null;
            do
            {
                ListedQuestions page = await bank.Questions.ListAsync(filter, order, limit, cursor, None);
                page.Total.ShouldBe(expected.Length);
                page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
                seen.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            if (order == QuestionOrder.Relevance)
            {
                seen.Select(row => row.Rank).ShouldBeInOrder(SortDirection.Ascending);
                seen.Select(row => row.Id).Order().ShouldBe(expected.Select(question => question.Id).Order());
                return;
            }

            seen.Select(row => row.Id).ShouldBe(Oracle.Ordered(expected, order).Select(question => question.Id));
        },
        iter: 300,
        threads: 1);

    [Fact]
    public Task Facets_count_under_the_other_filters() => Filters.SampleAsync(
        async filter =>
        {
            QuestionCounts counts = await bank.Questions.CountAsync(filter, None);
            counts.Total.ShouldBe(Oracle.Matching(bank.Set, filter).Count());
            counts.Companies.ShouldBe(
                Oracle.Counts(bank.Set, filter with { Companies = [] }, question => question.Companies.Select(tag => tag.Name)), ignoreOrder: true);
            counts.Difficulties.ShouldBe(Oracle.Counts(bank.Set, filter with { Difficulties = [] }, question => new[] { question.Difficulty }), ignoreOrder: true);
            counts.Kinds.ShouldBe(Oracle.Counts(bank.Set, filter with { Kinds = [] }, question => new[] { question.Kind }), ignoreOrder: true);
            counts.Topics.Select(count => (count.Topic.Id, count.Count)).ShouldBe(
                Oracle.Counts(bank.Set, filter with { Topics = [] }, question => new[] { question.Topic }), ignoreOrder: true);
            counts.Tags.ShouldBe(Oracle.Counts(bank.Set, filter with { Tags = [] }, question => question.Tags), ignoreOrder: true);
        },
        iter: 300,
        threads: 1);

    [Fact]
    public async Task A_list_shows_what_belongs_to_a_question()
    {
        Question question = bank.Set.Questions.First(question => question.Companies.Count > 1);
        ListedQuestion listed = (await bank.Questions.ListAsync(new QuestionFilter(), QuestionOrder.Oldest, 1000, null, None)).Items.Single(row => row.Id == question.Id);
        (listed.Title, listed.Prompt, listed.Version, listed.Topic, listed.Kind).ShouldBe((question.Title, question.Prompt, 1, question.Topic, question.Kind));
        listed.Companies.ShouldBe(question.Companies.Select(tag => tag.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("_____________________w")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAE")]
    public async Task A_cursor_of_another_list_is_refused(string cursor) =>
        (await Should.ThrowAsync<QuestionFaultException>(() => bank.Questions.ListAsync(new QuestionFilter(), QuestionOrder.Oldest, 5, cursor, None)))
            .Faults.ShouldHaveSingleItem().Path.ShouldBe("cursor");

    [Fact]
    public Task Whatever_is_searched_is_no_error() => Gen.String.SampleAsync(
        async text => (await bank.Questions.ListAsync(new QuestionFilter { Text = text }, QuestionOrder.Relevance, 5, null, None)).Total.ShouldBeGreaterThanOrEqualTo(0),
        iter: 300,
        threads: 1);
}
