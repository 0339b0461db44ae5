using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Questions;

/// <summary>An input of a program, drawn at random for each point at which answers are compared.</summary>
public sealed record DrawnInput
{
    /// <summary>Its extents: numbers, or names of sizes.</summary>
    public IReadOnlyList<Dimension> Shape { get; init; } = [];

    /// <summary>The least value.</summary>
    public double From { get; init; } = Variable.DefaultFrom;

    /// <summary>The greatest value.</summary>
    public double To { get; init; } = Variable.DefaultTo;

    /// <summary>For whole numbers, which begin at 0, the number above the greatest one, or the name of a size; null for real numbers.</summary>
    public Dimension? Below { get; init; }
}

/// <summary>The inputs of a program and the sizes at which it is run.</summary>
public interface IExercise
{
    /// <summary>The inputs by name.</summary>
    IReadOnlyDictionary<string, DrawnInput> Inputs { get; }

    /// <summary>Extents by the names of sizes, one entry for each set of shapes.</summary>
    IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; }
}

/// <summary>The gradients of a program, which an answer gives as expressions. They are right if they agree with reverse mode at points.</summary>
public sealed record DerivationKey : IExercise
{
    /// <summary>The program, in the expression language: every statement has a name.</summary>
    public required string Forward { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyDictionary<string, DrawnInput> Inputs { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; init; }

    /// <summary>The name of the upstream gradient of each output; empty if the last statement is a loss of one element.</summary>
    public IReadOnlyDictionary<string, string> Cotangents { get; init; } = new Dictionary<string, string>();

    /// <summary>The gradients that are asked.</summary>
    public required IReadOnlyList<AskedGradient> Asked { get; init; }
}

/// <summary>A gradient that is asked.</summary>
/// <param name="Of">The name of the input or value with respect to which the program is differentiated.</param>
/// <param name="Name">The name under which it is given.</param>
/// <param name="Expression">A right answer.</param>
public sealed record AskedGradient(string Of, string Name, string Expression)
{
    /// <summary>Wrong answers that have a known cause.</summary>
    public IReadOnlyList<GradientMistake> Mistakes { get; init; } = [];
}

/// <summary>A wrong gradient that has a known cause.</summary>
/// <param name="Expression">The gradient.</param>
/// <param name="Feedback">The feedback on giving it.</param>
public sealed record GradientMistake(string Expression, string Feedback);

/// <summary>A program with one faulty line, which an answer names and corrects: right if the results agree with those of the right program.</summary>
public sealed record DebuggingKey : IExercise
{
    /// <summary>The program, one statement of the expression language per line.</summary>
    public required IReadOnlyList<string> Code { get; init; }

    /// <summary>The number of the faulty line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>That line without the fault.</summary>
    public required string Correct { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyDictionary<string, DrawnInput> Inputs { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; init; }

    /// <summary>The compared values; each with the input whose gradient it must be, or null if it is none.</summary>
    public required IReadOnlyDictionary<string, string?> Results { get; init; }

    /// <summary>The value of one element that the gradients among the results belong to; null if there are none.</summary>
    public string? Of { get; init; }

    /// <summary>Wrong answers that have a known cause.</summary>
    public IReadOnlyList<DebuggingMistake> Mistakes { get; init; } = [];

    /// <summary>The program with another statement on a line.</summary>
    /// <param name="line">The number of the line, from 1.</param>
    /// <param name="statement">The statement.</param>
    public string With(int line, string statement) => string.Join('\n', Code.Select((text, index) => index == line - 1 ? statement : text));
}

/// <summary>A wrong answer to a debugging exercise that has a known cause.</summary>
/// <param name="Line">The line that it names.</param>
/// <param name="Feedback">The feedback on giving it.</param>
/// <param name="Fix">The statement that it gives; null for any.</param>
public sealed record DebuggingMistake(int Line, string Feedback, string? Fix = null);
