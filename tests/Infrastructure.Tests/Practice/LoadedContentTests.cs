using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Practice;
using Backprop.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>The bank knows whether it is as the content files left it.</summary>
public sealed class LoadedContentTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Hash = [1, 2, 3];
    private static readonly Question Filed = SampleQuestions.One("filed"), Own = SampleQuestions.One("own", "What is a seed?");
    private TemporaryDatabase database = null!;

    public async Task InitializeAsync() => database = await TemporaryDatabase.CreateAsync();

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task It_knows_the_files_that_were_loaded_last_and_no_others()
    {
        (await IsAsync(Hash)).ShouldBeFalse();
        await LoadAsync(Hash);
        (await IsAsync(Hash)).ShouldBeTrue();
        (await IsAsync([1, 2, 4])).ShouldBeFalse();
        await LoadAsync([1, 2, 4]);
        (await IsAsync(Hash)).ShouldBeFalse();
        (await IsAsync([1, 2, 4])).ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE Questions SET Version = Version + 1 WHERE Id = 'filed'")]
    [InlineData("UPDATE Questions SET RetiredAt = '2026-01-01' WHERE Id = 'filed'")]
    [InlineData("UPDATE Questions SET Origin = 0 WHERE Id = 'own'")]
    [InlineData("INSERT INTO Questions (Id, Version, Topic, Kind, Difficulty, Hints, Drawn, Open, Origin) SELECT 'new', 1, Topic, 0, 0, 0, 0, 0, 0 FROM Questions LIMIT 1")]
    [InlineData("UPDATE Topics SET Name = 'Another'")]
    public async Task Whoever_changes_what_comes_from_the_files_makes_it_forget(string change)
    {
        await LoadAsync(Hash);
        await database.QuestionWriter.ImportAsync(Set(Own), 100, None);
        (await IsAsync(Hash)).ShouldBeTrue("questions of the API are no concern of the files");
        await using BackpropDbContext context = database.Context();
        (await context.Database.ExecuteSqlRawAsync(change)).ShouldBeGreaterThan(0);
        (await IsAsync(Hash)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_topic_renamed_by_an_import_gets_its_name_back_from_the_files()
    {
        await LoadAsync(Hash);
        await database.QuestionWriter.ImportAsync(Set(Own) with { Topics = [new Topic(Own.Topic, "Renamed")] }, 100, None);
        (await IsAsync(Hash)).ShouldBeFalse();
        await LoadAsync(Hash);
        (await database.Questions.TopicsAsync(None)).ShouldBe([new Topic(Filed.Topic, Filed.Topic)]);
        (await IsAsync(Hash)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_from_before_the_hash_is_loaded_once()
    {
        await LoadAsync(Hash);
        await using (BackpropDbContext context = database.Context())
        {
            await context.GetService<IMigrator>().MigrateAsync("20261130051531_Quotas");
        }

        await database.MigrateAsync();
        (await IsAsync(Hash)).ShouldBeFalse();
        (await LoadAsync(Hash)).ShouldBe(new StoreReport(0, 0, 1));
        (await IsAsync(Hash)).ShouldBeTrue();
    }

    [Fact]
    public void The_hash_depends_on_the_code_that_computes_the_answers()
    {
        byte[] hash = QuestionContent.Hash(typeof(LoadedContentTests).Assembly);
        QuestionContent.Hash(typeof(LoadedContentTests).Assembly).ShouldBe(hash);
        QuestionContent.Hash(typeof(FactAttribute).Assembly).ShouldNotBe(hash);
    }

    private static QuestionSet Set(Question question) => new([new Topic(question.Topic, question.Topic)], [question]);

    private Task<bool> IsAsync(byte[] hash) => database.LoadedContent.IsAsync(hash, None);

    private Task<StoreReport> LoadAsync(byte[] hash) => database.QuestionWriter.LoadAsync(Set(Filed), hash, None);
}
