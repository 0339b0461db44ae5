namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// The full-text index over the texts, in SQL: an external-content table of FTS5, kept in sync by triggers (https://sqlite.org/fts5.html, section
/// 4.4.3). Words match in all forms with the same Porter stem; the title has the largest weight.
/// </summary>
internal static class QuestionSearchSql
{
    public const string Drop = """
        DROP TABLE "QuestionSearch";
        """;

    public const string DropTriggers = """
        DROP TRIGGER "QuestionTexts_inserted";
        DROP TRIGGER "QuestionTexts_deleted";
        DROP TRIGGER "QuestionTexts_updated";
        """;

    public const string Fill = """
        INSERT INTO "QuestionSearch"("QuestionSearch") VALUES ('rebuild');
        """;

    /// <summary>The index over titles, prompts and tags, as the first version had it.</summary>
    public static string CreateWithoutKeywords => Create(["Title", "Prompt", "Tags"], "4.0, 1.0, 2.0");

    /// <summary>The index over titles, prompts, tags and keywords.</summary>
    public static string CreateWithKeywords => Create(["Title", "Prompt", "Tags", "Keywords"], "4.0, 1.0, 2.0, 2.0");

    private static string Create(string[] columns, string weights)
    {
        string names = Each(columns, "");
        return $"""
            CREATE VIRTUAL TABLE "QuestionSearch" USING fts5(
                {names}, content='QuestionTexts', content_rowid='Question', tokenize='porter unicode61 remove_diacritics 2');
            INSERT INTO "QuestionSearch"("QuestionSearch", rank) VALUES ('rank', 'bm25({weights})');
            CREATE TRIGGER "QuestionTexts_inserted" AFTER INSERT ON "QuestionTexts" BEGIN
                INSERT INTO "QuestionSearch"(rowid, {names}) VALUES (new."Question", {Each(columns, "new.")});
            END;
            CREATE TRIGGER "QuestionTexts_deleted" AFTER DELETE ON "QuestionTexts" BEGIN
                INSERT INTO "QuestionSearch"("QuestionSearch", rowid, {names}) VALUES ('delete', old."Question", {Each(columns, "old.")});
            END;
            CREATE TRIGGER "QuestionTexts_updated" AFTER UPDATE ON "QuestionTexts" BEGIN
                INSERT INTO "QuestionSearch"("QuestionSearch", rowid, {names}) VALUES ('delete', old."Question", {Each(columns, "old.")});
                INSERT INTO "QuestionSearch"(rowid, {names}) VALUES (new."Question", {Each(columns, "new.")});
            END;
            """;
    }

    private static string Each(string[] columns, string row) => string.Join(", ", columns.Select(column => $"{row}\"{column}\""));
}
