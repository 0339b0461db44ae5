using Backprop.Api.Features.Questions;
using Backprop.Api.Tests.Hosting;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>The content files are loaded again only if something has changed.</summary>
public sealed class ContentUpgradeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_start_with_the_same_content_loads_nothing() => (await LoadAsync()).ShouldBeNull();

    [Fact]
    public async Task An_old_database_gets_the_questions_of_a_new_binary()
    {
        // As another binary left it: one question was drawn otherwise, and the hash is its own.
        await using (BackpropDbContext context = api.Services.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContext())
        {
            await context.Database.ExecuteSqlRawAsync("""
                UPDATE QuestionVersions SET Hash = x'00' WHERE Question = (SELECT MIN(Sequence) FROM Questions WHERE Drawn);
                UPDATE QuestionBank SET Content = x'0102';
                """);
        }

        StoreReport report = (await LoadAsync()).ShouldNotBeNull();
        (report.Added, report.Changed, report.Retired).ShouldBe((0, 1, 0));
        report.Unchanged.ShouldBeGreaterThan(100);
        (await LoadAsync()).ShouldBeNull();
    }

    private Task<StoreReport?> LoadAsync() => PracticeSetup.LoadQuestionsAsync(api.Services, CancellationToken.None);
}
