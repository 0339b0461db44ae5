namespace Backprop.Domain.Practice.Questions;

/// <summary>How a question is answered.</summary>
public enum QuestionFormat
{
    /// <summary>In words, compared with a model answer and a rubric.</summary>
    Interview,

    /// <summary>By the one right choice.</summary>
    MultipleChoice,

    /// <summary>By all right choices and no other.</summary>
    MultiSelect,

    /// <summary>By a number, with its unit if it has one.</summary>
    Numeric,

    /// <summary>By a formula, compared by its values and gradients.</summary>
    Expression,

    /// <summary>By true or false.</summary>
    TrueFalse,

    /// <summary>By the gradients of a program as expressions, compared with reverse mode by their values.</summary>
    Derivation,

    /// <summary>By the number of the faulty line of a program and its correction, compared by the results.</summary>
    Debugging,
}

/// <summary>How hard a question is.</summary>
public enum DifficultyLevel
{
    /// <summary>★☆☆</summary>
    Easy,

    /// <summary>★★☆</summary>
    Medium,

    /// <summary>★★★</summary>
    Hard,
}
