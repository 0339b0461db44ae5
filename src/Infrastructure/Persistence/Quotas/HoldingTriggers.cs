namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>
/// Triggers that count what clients have stored. Every inserted or deleted row, also by a cascade, changes the counts in the same transaction, so
/// they are always right, and a registration need not count rows.
/// </summary>
internal static class HoldingTriggers
{
    private static readonly Source Interviews =
        new("Interviews", row => Kind(row, HoldingKinds.Interviews, HoldingKinds.LearnerInterviews), "Owner", "CreatedAt");

    private static readonly Source Quizzes =
        new("Quizzes", row => Kind(row, HoldingKinds.Quizzes, HoldingKinds.LearnerQuizzes), "Owner", "CreatedAt");

    private static readonly Source[] First =
    [
        new("GraphRegistrations", _ => $"'{HoldingKinds.Graphs}'", "Client", "UsedAt"),
        Quizzes,
        Interviews,
    ];

    private static readonly Source TrainingRuns =
        new("TrainingRuns", row => Kind(row, HoldingKinds.TrainingRuns, HoldingKinds.LearnerTrainingRuns), "Owner", "CreatedAt");

    /// <summary>Counts the existing graphs, quizzes and interviews, and creates their triggers.</summary>
    public static string Create => string.Concat(First.Select(CreateFor));

    public static string Drop => string.Concat(First.Select(DropFor));

    /// <summary>Counts the existing training runs, and creates their triggers.</summary>
    public static string CreateForTrainingRuns => CreateFor(TrainingRuns);

    public static string DropForTrainingRuns => DropFor(TrainingRuns)
        + $"DELETE FROM Holdings WHERE Kind IN ('{HoldingKinds.TrainingRuns}', '{HoldingKinds.LearnerTrainingRuns}');";

    private static string CreateFor(Source source) => Count(source) + Inserted(source) + Deleted(source) + Used(source);

    private static string DropFor(Source source) =>
        $"DROP TRIGGER {source.Table}_Inserted; DROP TRIGGER {source.Table}_Deleted; DROP TRIGGER {source.Table}_Used;";

    /// <summary>Counts interviews that grow by an answer.</summary>
    public static string CreateResized => Resized(Interviews);

    public static string DropResized => $"DROP TRIGGER {Interviews.Table}_Resized;";

    /// <summary>Counts quizzes that grow by an item.</summary>
    public static string CreateResizedForQuizzes => Resized(Quizzes);

    public static string DropResizedForQuizzes => $"DROP TRIGGER {Quizzes.Table}_Resized;";

    private static string Kind(string row, string anonymous, string ofLearner) =>
        $"CASE WHEN {row}LearnerId IS NULL THEN '{anonymous}' ELSE '{ofLearner}' END";

    private static string Count(Source source) => string.Concat(new[] { source.Client, $"'{StoredHolding.Everyone}'" }.Select(client =>
        $"""
        INSERT INTO Holdings (Kind, Client, Count, Bytes, UsedAt)
        SELECT {source.Kind("")}, {client}, COUNT(*), SUM(Bytes), MAX({source.UsedAt}) FROM {source.Table} GROUP BY 1, 2;

        """));

    private static string Inserted(Source source) =>
        $"""
        CREATE TRIGGER {source.Table}_Inserted AFTER INSERT ON {source.Table} BEGIN
          INSERT INTO Holdings (Kind, Client, Count, Bytes, UsedAt) VALUES
            ({source.Kind("NEW.")}, NEW.{source.Client}, 1, NEW.Bytes, NEW.{source.UsedAt}),
            ({source.Kind("NEW.")}, '{StoredHolding.Everyone}', 1, NEW.Bytes, NEW.{source.UsedAt})
          ON CONFLICT (Kind, Client) DO UPDATE SET Count = Count + 1, Bytes = Bytes + excluded.Bytes, UsedAt = MAX(UsedAt, excluded.UsedAt);
        END;

        """;

    private static string Deleted(Source source) =>
        $"""
        CREATE TRIGGER {source.Table}_Deleted AFTER DELETE ON {source.Table} BEGIN
          UPDATE Holdings SET Count = Count - 1, Bytes = Bytes - OLD.Bytes
          WHERE Kind = {source.Kind("OLD.")} AND Client IN (OLD.{source.Client}, '{StoredHolding.Everyone}');
          DELETE FROM Holdings WHERE Kind = {source.Kind("OLD.")} AND Client = OLD.{source.Client} AND Count = 0;
        END;

        """;

    private static string Resized(Source source) =>
        $"""
        CREATE TRIGGER {source.Table}_Resized AFTER UPDATE OF Bytes ON {source.Table} BEGIN
          UPDATE Holdings SET Bytes = Bytes + NEW.Bytes - OLD.Bytes
          WHERE Kind = {source.Kind("NEW.")} AND Client IN (NEW.{source.Client}, '{StoredHolding.Everyone}');
        END;

        """;

    private static string Used(Source source) =>
        $"""
        CREATE TRIGGER {source.Table}_Used AFTER UPDATE OF {source.UsedAt} ON {source.Table} BEGIN
          UPDATE Holdings SET UsedAt = MAX(UsedAt, NEW.{source.UsedAt}) WHERE Kind = {source.Kind("NEW.")} AND Client = NEW.{source.Client};
        END;

        """;

    /// <summary>A table whose rows are counted.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Kind">The kind of a row, whose columns have this prefix.</param>
    /// <param name="Client">The column with the client that stored the row.</param>
    /// <param name="UsedAt">The column with the time of its last use.</param>
    private sealed record Source(string Table, Func<string, string> Kind, string Client, string UsedAt);
}
