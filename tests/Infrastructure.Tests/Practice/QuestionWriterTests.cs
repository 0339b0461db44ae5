using Backprop.Domain.Graphs;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class QuestionWriterTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private TemporaryDatabase database = null!;

    public async Task InitializeAsync() => database = await TemporaryDatabase.CreateAsync();

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task Loading_the_same_files_again_changes_nothing()
    {
        QuestionSet files = SampleQuestions.Many(30, seed: 1);
        (await LoadAsync(files)).ShouldBe(new StoreReport(30, 0, 0));
        Guid revision = await database.Questions.RevisionAsync(None);
        (await LoadAsync(files)).ShouldBe(new StoreReport(0, 0, 30));
        (await database.Questions.RevisionAsync(None)).ShouldBe(revision);
    }

    [Fact]
    public async Task An_edited_file_makes_a_new_version_and_keeps_the_old_one()
    {
        Question first = SampleQuestions.One("edited", "What is a cotangent?");
        await LoadAsync(Set(first));
        (await LoadAsync(Set(first with { Prompt = "What is a tangent?" }))).ShouldBe(new StoreReport(0, 1, 0));
        BankedQuestion now = (await database.Questions.FindAsync("edited", None))!;
        (now.Version, now.Question.Prompt, now.Origin).ShouldBe((2, "What is a tangent?", QuestionOrigin.File));
        (await FoundAsync("tangent"), await FoundAsync("cotangent")).ShouldBe((1, 0));
        await using BackpropDbContext context = database.Context();
        (await context.QuestionVersions.OrderBy(version => version.Version).Select(version => version.Version).ToListAsync()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_is_gone_from_the_files_is_retired_and_may_come_back()
    {
        Question stays = SampleQuestions.One("stays"), goes = SampleQuestions.One("goes") with { Companies = [new CompanyTag("Acme", "A list")] };
        await LoadAsync(Set(stays, goes));
        (await LoadAsync(Set(stays))).ShouldBe(new StoreReport(0, 0, 1, Retired: 1));
        (await database.Questions.FindAsync("goes", None)).ShouldBeNull();
        QuestionCounts counts = await database.Questions.CountAsync(new QuestionFilter(), None);
        (counts.Total, counts.Companies.Count, await FoundAsync("tape")).ShouldBe((1, 0, 1));
        (await LoadAsync(Set(stays, goes))).ShouldBe(new StoreReport(1, 0, 1));
        (await database.Questions.FindAsync("goes", None))!.Version.ShouldBe(2);
        (await FoundAsync("tape")).ShouldBe(2);
    }

    [Fact]
    public async Task Files_leave_alone_what_the_api_wrote_and_the_api_leaves_alone_what_files_hold()
    {
        Question written = SampleQuestions.One("written"), filed = SampleQuestions.One("filed");
        await ImportAsync(Set(written));
        await LoadAsync(Set(filed));
        (await database.Questions.FindAsync("written", None))!.Origin.ShouldBe(QuestionOrigin.Api);
        (await ImportAsync(Set(written, filed))).ShouldBe(new StoreReport(0, 0, 2));
        (await Should.ThrowAsync<QuestionConflictException>(() => ImportAsync(Set(written, filed with { Title = "Another" })))).Path.ShouldBe("questions[1].id");
        await Should.ThrowAsync<QuestionConflictException>(() => database.QuestionWriter.RetireAsync("filed", None));
        (await database.QuestionWriter.RetireAsync("written", None)).ShouldBeTrue();
        (await database.QuestionWriter.RetireAsync("written", None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_takes_over_a_question_of_its_id()
    {
        await ImportAsync(Set(SampleQuestions.One("both")));
        await LoadAsync(Set(SampleQuestions.One("both", "As the file asks it?")));
        BankedQuestion banked = (await database.Questions.FindAsync("both", None))!;
        (banked.Origin, banked.Version, banked.Question.Prompt).ShouldBe((QuestionOrigin.File, 2, "As the file asks it?"));
    }

    [Fact]
    public async Task An_import_is_stored_as_a_whole_or_not_at_all()
    {
        Question sound = SampleQuestions.One("sound");
        Question unknown = sound with { Id = "unknown", Template = new Template("nothing", new Dictionary<string, ParameterRange>()), Choices = null, Kind = QuestionFormat.Numeric, Truth = null, Interview = null, Expression = null, Numeric = null, Open = false };
        (await RefusedAsync(Set(sound, sound with { Id = "Bad" }))).Path.ShouldBe("questions[1].id");
        (await RefusedAsync(Set(sound, unknown))).Path.ShouldBe("questions[1].template.name");
        await Should.ThrowAsync<LimitException>(() => database.QuestionWriter.ImportAsync(Set(sound, SampleQuestions.One("second")), 1, None));
        (await database.Questions.CountAsync(new QuestionFilter(), None)).Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("2*x +", "expression.formula")]
    [InlineData("2*z", "expression.formula")]
    public async Task A_formula_that_cannot_be_graded_is_refused(string formula, string path)
    {
        Question question = SampleQuestions.Many(100, seed: 2).Questions.First(question => question.Kind == QuestionFormat.Expression);
        Question faulty = question with { Id = "faulty", Expression = question.Expression! with { Formula = formula } };
        (await RefusedAsync(new QuestionSet([new Topic(question.Topic, "T")], [faulty]))).Path.ShouldBe($"questions[0].{path}");
    }

    [Fact]
    public async Task Of_writers_that_create_the_same_question_one_succeeds()
    {
        await ImportAsync(Set(SampleQuestions.One("topic")));
        Task<StoreReport>[] writers = [.. Enumerable.Range(0, 8).Select(index => Task.Run(() =>
            database.QuestionWriter.StoreAsync(SampleQuestions.One("raced", $"Writer {index}?"), isNew: true, 100, None)))];
        await Task.WhenAll(writers.Select(async writer =>
        {
            if (await Record.ExceptionAsync(() => writer) is { } exception)
            {
                exception.ShouldBeOfType<QuestionConflictException>();
            }
        }));
        writers.Count(writer => writer.IsCompletedSuccessfully).ShouldBe(1);
        (await database.Questions.FindAsync("raced", None))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task The_index_stays_in_step_with_the_texts()
    {
        for (int round = 0; round < 5; round++)
        {
            await LoadAsync(SampleQuestions.Many(20 + (10 * round % 30), seed: round));
            await ImportAsync(Set(SampleQuestions.One($"round-{round}"), SampleQuestions.One("again", $"Round {round}?")));
            await database.QuestionWriter.RetireAsync($"round-{round - 1}", None);
        }

        await using BackpropDbContext context = database.Context();
        await Should.NotThrowAsync(() => context.Database.ExecuteSqlRawAsync("""INSERT INTO "QuestionSearch"("QuestionSearch", rank) VALUES ('integrity-check', 1)"""));
    }

    [Fact]
    public async Task What_was_imported_comes_out_again()
    {
        QuestionSet set = SampleQuestions.Many(50, seed: 3);
        await ImportAsync(set);
        List<Question> all = [];
        await foreach (Question question in database.Questions.AllAsync(None))
        {
            all.Add(question);
        }

        all.Select(question => question.Id).ShouldBe(set.Questions.Select(question => question.Id).Order(StringComparer.Ordinal));
        byte[][] written = [.. all.Select(Infrastructure.Practice.QuestionJson.Write)];
        written.ShouldBe(set.Questions.OrderBy(question => question.Id, StringComparer.Ordinal).Select(Infrastructure.Practice.QuestionJson.Write));
    }

    private static QuestionSet Set(params Question[] questions) => new([.. questions.Select(question => question.Topic).Distinct().Select(topic => new Topic(topic, topic))], questions);

    private Task<StoreReport> LoadAsync(QuestionSet set) => database.QuestionWriter.LoadAsync(set, [1], None);

    private Task<StoreReport> ImportAsync(QuestionSet set) => database.QuestionWriter.ImportAsync(set, 1000, None);

    private async Task<QuestionFault> RefusedAsync(QuestionSet set) => (await Should.ThrowAsync<QuestionFaultException>(() => ImportAsync(set))).Faults.ShouldHaveSingleItem();

    private async Task<long> FoundAsync(string text) => (await database.Questions.ListAsync(new QuestionFilter { Text = text }, QuestionOrder.Relevance, 5, null, None)).Total;
}
