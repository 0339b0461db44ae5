namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// Triggers that forget the hash of the content files with every change of a question that comes from them, or of a topic. So even a version of the
/// service that does not know the hash cannot leave it next to content that it does not describe.
/// </summary>
internal static class LoadedContentTriggers
{
    private static readonly Source[] Sources =
    [
        new("Questions", "Inserted", "INSERT", "NEW.Origin = 0"),
        new("Questions", "Updated", "UPDATE", "OLD.Origin = 0 OR NEW.Origin = 0"),
        new("Questions", "Deleted", "DELETE", "OLD.Origin = 0"),
        new("Topics", "Updated", "UPDATE", "TRUE"),
        new("Topics", "Deleted", "DELETE", "TRUE"),
    ];

    public static string Create => string.Concat(Sources.Select(source =>
        $"""
        CREATE TRIGGER {source.Name} AFTER {source.Change} ON {source.Table} WHEN {source.Condition} BEGIN
          UPDATE QuestionBank SET Content = NULL WHERE Content IS NOT NULL;
        END;

        """));

    public static string Drop => string.Concat(Sources.Select(source => $"DROP TRIGGER {source.Name};"));

    private sealed record Source(string Table, string Suffix, string Change, string Condition)
    {
        public string Name => $"{Table}_Content{Suffix}";
    }
}
