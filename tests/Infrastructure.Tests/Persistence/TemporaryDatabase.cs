using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>A SQLite file in a folder of its own, removed at the end. Several of them over one folder stand for several processes.</summary>
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
        services = new ServiceCollection().AddBackpropPersistence($"Data Source={path}").BuildServiceProvider();
    }

    public string FilePath { get; }

    public string Folder => Path.GetDirectoryName(FilePath)!;

    public GraphRegistry Registry => services.GetRequiredService<GraphRegistry>();

    public QuestionBank Questions => services.GetRequiredService<QuestionBank>();

    public QuestionWriter QuestionWriter => services.GetRequiredService<QuestionWriter>();

    public WriteTurn Writes => services.GetRequiredService<WriteTurn>();

    public QuizStore Quizzes => services.GetRequiredService<QuizStore>();

    public InterviewStore Interviews => services.GetRequiredService<InterviewStore>();

    public LearnerData Learners => services.GetRequiredService<LearnerData>();

    public LearnerSessions Sessions => services.GetRequiredService<LearnerSessions>();

    public PracticeCleaning Cleaning => services.GetRequiredService<PracticeCleaning>();

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

    public Task<Registration> RegisterAsync(int graph, string? alias = null, int quota = 1000) =>
        Registry.RegisterAsync(Id(graph), $"{{\"graph\":{graph}}}", $"{{\"inputs\":[],\"outputs\":[\"y{graph}\"]}}", graph, alias, quota, CancellationToken.None);

    public static string Id(int graph) => graph.ToString("x64");

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
