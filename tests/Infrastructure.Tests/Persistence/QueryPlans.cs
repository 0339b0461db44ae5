using System.Data.Common;
using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shouldly;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Gets SQLite's query plans.</summary>
internal sealed class QueryPlans : DbCommandInterceptor
{
    private List<string>? steps;

    /// <summary>The plan steps of all commands of an action.</summary>
    public static async Task<string[]> OfAsync(TemporaryDatabase database, Func<BackpropDbContext, Task> work)
    {
        await using BackpropDbContext context = database.Context();
        List<string> steps = database.Plans.steps = [];
        await work(context);
        database.Plans.steps = null;
        steps.ShouldNotBeEmpty();
        return [.. steps];
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

    private async Task ExplainAsync(DbCommand command, CancellationToken cancellationToken)
    {
        if (steps is null)
        {
            return;
        }

        await using DbCommand explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        foreach (DbParameter parameter in command.Parameters)
        {
            DbParameter copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        await using DbDataReader reader = await explain.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            steps.Add(reader.GetString(3));
        }
    }
}
