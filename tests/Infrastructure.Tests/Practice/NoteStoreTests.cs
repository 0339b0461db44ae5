using Backprop.Domain.Graphs;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Tests.Persistence;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class NoteStoreTests
{
    private static readonly StorageLimit Most = new("Limits:LearnerNotes", 2);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_learner_has_a_limited_number_of_notes_and_may_change_those()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync("me");
        await database.AddLearnerAsync("you");
        await SaveAsync("me", "one");
        await SaveAsync("me", "two");
        (await Should.ThrowAsync<LimitException>(() => SaveAsync("me", "three"))).Limit.ShouldBe("Limits:LearnerNotes");
        await SaveAsync("me", "two", "changed");
        await SaveAsync("you", "three");
        (await database.Notes.FindAsync("me", "two", default))!.Text.ShouldBe("changed");
        NoteListing all = await database.Notes.ListAsync("me", null, 10, null, default);
        (all.Total, string.Join(' ', all.Items.Select(note => note.QuestionId)), all.Next).ShouldBe((2, "one two", null));
        await database.Notes.DeleteAsync("me", "one", default);
        await SaveAsync("me", "three");

        Task SaveAsync(string learner, string question, string? text = null) =>
            database.Notes.SaveAsync(learner, new QuestionNote(question, true, text, Noon), Most, default);
    }

    [Fact]
    public async Task No_note_is_stored_for_a_deleted_account()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await Should.ThrowAsync<AccountDeletedException>(() => database.Notes.SaveAsync("gone", new QuestionNote("one", true, null, Noon), Most, default));
    }
}
