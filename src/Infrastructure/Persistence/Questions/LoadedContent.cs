using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// Which content files the bank was last synchronised with, as a hash. The database forgets it as soon as anything that comes from the files is
/// changed, whoever changes it (<see cref="LoadedContentTriggers"/>), so that an equal hash means that loading the files would change nothing.
/// </summary>
/// <param name="options">Name the database.</param>
public sealed class LoadedContent(DbContextOptions<BackpropDbContext> options)
{
    /// <summary>Whether the bank is as the files with this hash left it.</summary>
    public async Task<bool> IsAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await DatabaseFile.OpenAsync(options, cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = """SELECT "Content" FROM "QuestionBank" """;
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] loaded && loaded.AsSpan().SequenceEqual(hash);
    }

    /// <summary>Remembers the hash, within the transaction that synchronised the bank.</summary>
    internal static Task SetAsync(BackpropDbContext context, byte[] hash, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"""UPDATE "QuestionBank" SET "Content" = {hash}""", cancellationToken);
}
