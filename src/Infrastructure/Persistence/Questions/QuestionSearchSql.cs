namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// The full-text index over the texts, in SQL: an external-content table of FTS5, kept in sync by triggers (https://sqlite.org/fts5.html, section
/// 4.4.3). Words match in all forms with the same Porter stem; the title has the largest weight.
/// </summary>
internal static class QuestionSearchSql
{
    public const string Create = """
        CREATE VIRTUAL TABLE "QuestionSearch" USING fts5(
            "Title", "Prompt", "Tags", content='QuestionTexts', content_rowid='Question', tokenize='porter unicode61 remove_diacritics 2');
        INSERT INTO "QuestionSearch"("QuestionSearch", rank) VALUES ('rank', 'bm25(4.0, 1.0, 2.0)');
        CREATE TRIGGER "QuestionTexts_inserted" AFTER INSERT ON "QuestionTexts" BEGIN
            INSERT INTO "QuestionSearch"(rowid, "Title", "Prompt", "Tags") VALUES (new."Question", new."Title", new."Prompt", new."Tags");
        END;
        CREATE TRIGGER "QuestionTexts_deleted" AFTER DELETE ON "QuestionTexts" BEGIN
            INSERT INTO "QuestionSearch"("QuestionSearch", rowid, "Title", "Prompt", "Tags")
            VALUES ('delete', old."Question", old."Title", old."Prompt", old."Tags");
        END;
        CREATE TRIGGER "QuestionTexts_updated" AFTER UPDATE ON "QuestionTexts" BEGIN
            INSERT INTO "QuestionSearch"("QuestionSearch", rowid, "Title", "Prompt", "Tags")
            VALUES ('delete', old."Question", old."Title", old."Prompt", old."Tags");
            INSERT INTO "QuestionSearch"(rowid, "Title", "Prompt", "Tags") VALUES (new."Question", new."Title", new."Prompt", new."Tags");
        END;
        """;

    public const string Drop = """
        DROP TABLE "QuestionSearch";
        """;
}
