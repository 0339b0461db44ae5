using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Graphs;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Backprop.Infrastructure.Tests.Practice;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>A SQLite file in a folder of its own, removed at the end. Several of them over one folder simulate several processes.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string? owned;

    public TemporaryDatabase()
        : this(Path.Combine(Directory.CreateTempSubdirectory("backprop-").FullName, "data", "test.db")) =>
        owned = Directory.GetParent(Folder)!.FullName;

    public TemporaryDatabase(string path)
    {
        FilePath = path;
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddBackpropPersistence($"Data Source={path}")
            .ConfigureDbContext<BackpropDbContext>(options => options.AddInterceptors(Plans))
            .BuildServiceProvider();
    }

    public QueryPlans Plans { get; } = new();

    public AdvancedClock Clock { get; } = new();

    public string FilePath { get; }

    public string Folder => Path.GetDirectoryName(FilePath)!;

    public GraphRegistry Registry => services.GetRequiredService<GraphRegistry>();

    public QuestionBank Questions => services.GetRequiredService<QuestionBank>();

    public QuestionWriter QuestionWriter => services.GetRequiredService<QuestionWriter>();

    public LoadedContent LoadedContent => services.GetRequiredService<LoadedContent>();

    public GroupCommitQueue Writes => services.GetRequiredService<GroupCommitQueue>();

    public IQuizStore Quizzes => services.GetRequiredService<IQuizStore>();

    public IInterviewStore Interviews => services.GetRequiredService<IInterviewStore>();

    public IReviewStore Reviews => services.GetRequiredService<IReviewStore>();

    public INoteStore Notes => services.GetRequiredService<INoteStore>();

    public IPracticeTransactions Transactions => services.GetRequiredService<IPracticeTransactions>();

    public LearnerData Learners => services.GetRequiredService<LearnerData>();

    public LearnerSessions Sessions => services.GetRequiredService<LearnerSessions>();

    public ExpiredQuizDeleter Cleaning => services.GetRequiredService<ExpiredQuizDeleter>();

    public ITrainingRunStore Runs => services.GetRequiredService<ITrainingRunStore>();

    public IRunLeases Leases => services.GetRequiredService<IRunLeases>();

    public static async Task<TemporaryDatabase> CreateAsync()
    {
        var database = new TemporaryDatabase();
        await database.MigrateAsync();
        return database;
    }

    public Task MigrateAsync() => PersistenceServices.MigrateAsync(services, CancellationToken.None);

    public BackpropDbContext Context() => services.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContext();

    public async Task AddLearnerAsync(string id)
    {
        await using BackpropDbContext context = Context();
        context.Add(new Learner { Id = id, UserName = id });
        await context.SaveChangesAsync();
    }

    public Task<bool> AnswerAsync(long quiz, int number, GradedAnswer answer, string? key) =>
        Transactions.RunAsync(transaction => transaction.TryAnswerAsync(quiz, new QuizEntry(number, 1, SampleQuestions.One("question"), answer), key), CancellationToken.None);

    /// <summary>Changes an interview; null if there is none that the learner may see.</summary>
    public Task<Interview?> ChangeAsync(string id, string? learner, Func<Interview, Interview> change, StorageQuota? quota = null) => Transactions.RunAsync(
        async transaction =>
        {
            if (await transaction.FindInterviewAsync(id, learner) is not { } interview)
            {
                return null;
            }

            Interview changed = change(interview);
            await transaction.SaveAsync(changed, quota ?? Quotas.Of("interviews"));
            return changed;
        },
        CancellationToken.None);

    /// <summary>Registers a graph; a null client is the holder of the write key.</summary>
    public Task<Registration> RegisterAsync(int graph, string? alias = null, string? client = "198.51.100.1", GraphQuota? quota = null) =>
        Registry.RegisterAsync(Graph(graph, alias), client, quota ?? Quotas.Graphs(), CancellationToken.None);

    public static NewGraph Graph(int graph, string? alias = null) =>
        new(Id(graph), $"{{\"graph\":{graph}}}", $"{{\"inputs\":[],\"outputs\":[\"y{graph}\"]}}", graph, alias);

    public async Task<bool> HasAsync(int graph)
    {
        await using BackpropDbContext context = Context();
        return await context.Graphs.AnyAsync(row => row.Id == Id(graph));
    }

    public static string Id(int graph) => graph.ToString("x64");

    /// <summary>The system time plus the advances.</summary>
    public sealed class AdvancedClock : TimeProvider
    {
        private long added;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref added));

        public void Advance(TimeSpan by) => Interlocked.Add(ref added, by.Ticks);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (owned is not null)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(owned, recursive: true);
        }
    }
}
