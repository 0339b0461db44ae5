namespace Backprop.Infrastructure.Formats.Expressions.Reference;

/// <summary>The language of expressions, as the parser knows it.</summary>
/// <param name="Notation">Numbers, names, indices and statements.</param>
/// <param name="Operators">The operators from the loosest to the tightest.</param>
/// <param name="Constants">The names that are numbers.</param>
/// <param name="Families">The functions by family.</param>
/// <param name="Examples">Expressions with their values and derivatives.</param>
public sealed record LanguageReference(
    IReadOnlyList<NotationEntry> Notation,
    IReadOnlyList<OperatorEntry> Operators,
    IReadOnlyList<ConstantEntry> Constants,
    IReadOnlyList<FunctionFamily> Families,
    IReadOnlyList<ExampleEntry> Examples);

/// <summary>A notation that is no operator.</summary>
/// <param name="Topic">What it belongs to.</param>
/// <param name="Forms">Its forms, each an expression.</param>
/// <param name="Meaning">What they mean.</param>
public sealed record NotationEntry(string Topic, IReadOnlyList<string> Forms, string Meaning);

/// <summary>Operators that bind equally tightly and mean the same.</summary>
/// <param name="Forms">The forms, each with operands.</param>
/// <param name="Precedence">The larger, the more tightly they bind.</param>
/// <param name="Associativity">How several in a row group.</param>
/// <param name="Meaning">What they mean.</param>
public sealed record OperatorEntry(IReadOnlyList<string> Forms, int Precedence, Associativity Associativity, string Meaning);

/// <summary>How several operators of one precedence in a row group.</summary>
public enum Associativity
{
    /// <summary><c>a - b - c</c> is <c>(a - b) - c</c>.</summary>
    Left,

    /// <summary><c>a^b^c</c> is <c>a^(b^c)</c>.</summary>
    Right,

    /// <summary>They do not follow each other.</summary>
    None,
}

/// <summary>A name that is a number unless a statement defines it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The number.</param>
/// <param name="Meaning">What it is.</param>
public sealed record ConstantEntry(string Name, double Value, string Meaning);

/// <summary>Functions of one kind.</summary>
/// <param name="Title">The kind.</param>
/// <param name="Functions">The functions.</param>
public sealed record FunctionFamily(string Title, IReadOnlyList<FunctionEntry> Functions);

/// <summary>A function.</summary>
/// <param name="Names">Its names; upper case and underscores do not count.</param>
/// <param name="Signature">Its operands and keywords as text.</param>
/// <param name="Operands">Its operands: <c>?</c> after a name marks an optional one, <c>*</c> before it a repeated one.</param>
/// <param name="Keywords">Its keywords with their defaults as text; an empty default means that the keyword is required.</param>
/// <param name="Operator">The operator that it applies, or null if several.</param>
/// <param name="Meaning">What it computes, in one line.</param>
public sealed record FunctionEntry(
    IReadOnlyList<string> Names,
    string Signature,
    IReadOnlyList<string> Operands,
    IReadOnlyList<(string Name, string Default)> Keywords,
    string? Operator,
    string Meaning);

/// <summary>An expression with its value and derivatives.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Inputs">The values of its inputs, as a JSON object.</param>
/// <param name="Value">Its value, as JSON.</param>
/// <param name="Gradients">The derivative with respect to each input, as a JSON object.</param>
public sealed record ExampleEntry(string Expression, string Inputs, double Value, string Gradients);
