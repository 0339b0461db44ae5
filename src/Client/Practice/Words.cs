namespace Backprop.Client.Practice;

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    /// <summary>In words, held against a model answer and a rubric.</summary>
    Interview,

    /// <summary>By the one right choice.</summary>
    MultipleChoice,

    /// <summary>By all right choices and no other.</summary>
    MultiSelect,

    /// <summary>By a number, with its unit where it has one.</summary>
    Numeric,

    /// <summary>By a formula, compared by its values and gradients.</summary>
    Expression,

    /// <summary>By true or false.</summary>
    TrueFalse,
}

/// <summary>How hard a question is.</summary>
public enum Difficulty
{
    /// <summary>★☆☆</summary>
    Easy,

    /// <summary>★★☆</summary>
    Medium,

    /// <summary>★★★</summary>
    Hard,
}

/// <summary>What a filter by several companies asks for.</summary>
public enum CompanyMatch
{
    /// <summary>Questions of at least one of them.</summary>
    Any,

    /// <summary>Questions of all of them.</summary>
    All,
}

/// <summary>The forms in which questions are exported.</summary>
public enum ExportFormat
{
    /// <summary>What <c>POST /questions/import</c> takes: everything, patterns included.</summary>
    Json,

    /// <summary>Moodle's XML.</summary>
    MoodleXml,

    /// <summary>Moodle's text form.</summary>
    Gift,

    /// <summary>Tab-separated notes for Anki.</summary>
    AnkiTsv,
}

/// <summary>
/// The orders of a list of questions; within equals the older question comes first, the newer one with <c>newest</c> and <c>hardest</c>.
/// </summary>
public enum QuestionSort
{
    /// <summary>From the oldest question on.</summary>
    Oldest,

    /// <summary>From the newest question on.</summary>
    Newest,

    /// <summary>From the easiest question on.</summary>
    Easiest,

    /// <summary>From the hardest question on.</summary>
    Hardest,

    /// <summary>From what fits <c>q</c> best.</summary>
    Relevance,
}
