using System.Data.Common;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// Inserts new questions with prepared commands: with the change tracker a large import would take several times as long, and every other writer
/// would wait for it.
/// </summary>
internal sealed class QuestionInserts : IDisposable
{
    private readonly DbCommand question;
    private readonly DbCommand text;
    private readonly DbCommand company;
    private readonly DbCommand version;

    /// <summary>Prepares the commands within the context's transaction.</summary>
    public QuestionInserts(BackpropDbContext context)
    {
        question = Prepared(
            context,
            """
            INSERT INTO "Questions" ("Id", "Version", "Topic", "Kind", "Difficulty", "Group", "Hints", "Drawn", "Open", "Origin")
            VALUES (@id, 1, @topic, @kind, @difficulty, @group, @hints, @drawn, @open, @origin) RETURNING "Sequence"
            """);
        text = Prepared(context,
            """
            INSERT INTO "QuestionTexts" ("Question", "Title", "Prompt", "Tags", "Keywords") VALUES (@question, @title, @prompt, @tags, @keywords)
            """);
        company = Prepared(context, """INSERT INTO "QuestionCompanies" ("Company", "Question") VALUES (@company, @question)""");
        version = Prepared(
            context,
            """
            INSERT INTO "QuestionVersions" ("Question", "Version", "Document", "Shown", "Hash", "CreatedAt")
            VALUES (@question, 1, @document, @shown, @hash, @createdAt)
            """);
    }

    /// <summary>Inserts a new question as its first version.</summary>
    public void Insert(PreparedQuestion prepared, QuestionOrigin origin, DateTimeOffset now)
    {
        Question whole = prepared.Question;
        object sequence = Set(
            question, ("@id", whole.Id), ("@topic", whole.Topic), ("@kind", (int)whole.Kind), ("@difficulty", (int)whole.Difficulty),
            ("@group", (object?)whole.Group ?? DBNull.Value), ("@hints", whole.Hints.Count), ("@drawn", whole.Template is not null),
            ("@open", whole.Open), ("@origin", (int)origin)).ExecuteScalar()!;
        Set(text, ("@question", sequence), ("@title", prepared.Shown.Title), ("@prompt", prepared.Shown.Prompt),
            ("@tags", string.Join(' ', whole.Tags)), ("@keywords", string.Join(", ", whole.Keywords))).ExecuteNonQuery();
        foreach (CompanyTag tag in whole.Companies)
        {
            Set(company, ("@company", tag.Name), ("@question", sequence)).ExecuteNonQuery();
        }

        Set(
            version, ("@question", sequence), ("@document", prepared.Document), ("@shown", (object?)prepared.ShownDocument ?? DBNull.Value),
            ("@hash", prepared.Hash), ("@createdAt", now)).ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (DbCommand command in (DbCommand[])[question, text, company, version])
        {
            command.Dispose();
        }
    }

    private static DbCommand Prepared(BackpropDbContext context, string sql)
    {
        DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        return command;
    }

    private static DbCommand Set(DbCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach ((string name, object value) in values)
        {
            DbParameter parameter = command.Parameters.Contains(name) ? command.Parameters[name] : Added(command, name);
            parameter.Value = value;
        }

        return command;
    }

    private static DbParameter Added(DbCommand command, string name)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
