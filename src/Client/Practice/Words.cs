namespace Backprop.Client.Practice;

/// <summary>The kind of a question, which determines how it is answered.</summary>
public enum QuestionKind
{
    /// <summary>In words, compared with a model answer and a rubric.</summary>
    Interview,

    /// <summary>By the one right choice.</summary>
    MultipleChoice,

    /// <summary>By all right choices and no others.</summary>
    MultiSelect,

    /// <summary>By a number, with its unit if it has one.</summary>
    Numeric,

    /// <summary>By a formula, compared by its values and gradients.</summary>
    Expression,

    /// <summary>By true or false.</summary>
    TrueFalse,

    /// <summary>By the gradients of a program as expressions, compared by their values.</summary>
    Derivation,

    /// <summary>By the number of the faulty line of a program and its correction, compared by the results.</summary>
    Debugging,
}

/// <summary>The difficulty of a question.</summary>
public enum Difficulty
{
    /// <summary>★☆☆</summary>
    Easy,

    /// <summary>★★☆</summary>
    Medium,

    /// <summary>★★★</summary>
    Hard,
}

/// <summary>What lists and quizzes can hide of a question, since it may tell how to answer.</summary>
public enum QuestionDetail
{
    /// <summary>The difficulty.</summary>
    Difficulty,

    /// <summary>The title.</summary>
    Title,
}

/// <summary>How a filter combines several companies.</summary>
public enum CompanyMatch
{
    /// <summary>Questions of at least one of them.</summary>
    Any,

    /// <summary>Questions of all of them.</summary>
    All,
}

/// <summary>The formats for exporting questions.</summary>
public enum ExportFormat
{
    /// <summary>The body of <c>POST /questions/import</c>: everything, templates included.</summary>
    Json,

    /// <summary>Moodle's XML.</summary>
    MoodleXml,

    /// <summary>Moodle's text form.</summary>
    Gift,

    /// <summary>Tab-separated notes for Anki.</summary>
    AnkiTsv,
}

/// <summary>The orders of a list of questions; ties are in order of creation, or the reverse with <c>newest</c> and <c>hardest</c>.</summary>
public enum QuestionSort
{
    /// <summary>From the oldest question.</summary>
    Oldest,

    /// <summary>From the newest question.</summary>
    Newest,

    /// <summary>From the easiest question.</summary>
    Easiest,

    /// <summary>From the hardest question.</summary>
    Hardest,

    /// <summary>From the best match for <c>q</c>.</summary>
    Relevance,
}
