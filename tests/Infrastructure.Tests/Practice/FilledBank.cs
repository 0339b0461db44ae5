using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Tests.Persistence;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>A bank of synthetic questions.</summary>
public sealed class FilledBank : IAsyncLifetime
{
    private TemporaryDatabase? database;

    public QuestionSet Set { get; } = SampleQuestions.Many(400, seed: 5);

    public QuestionBank Questions => database!.Questions;

    internal TemporaryDatabase Database => database!;

    public async Task InitializeAsync()
    {
        database = await TemporaryDatabase.CreateAsync();
        await database.QuestionWriter.ImportAsync(Set, 1000, CancellationToken.None);
    }

    public Task DisposeAsync() => database!.DisposeAsync().AsTask();
}
