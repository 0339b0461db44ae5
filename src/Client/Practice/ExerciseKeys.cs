using System.Text.Json.Serialization;
using Backprop.Client.Graphs;
using Backprop.Client.Json;

namespace Backprop.Client.Practice;

/// <summary>The gradients of a program; an answer is right if its values are those of reverse mode at drawn points of all sizes.</summary>
public sealed record DerivationKeyContract
{
    /// <summary>The program, in the expression language; every statement has a name.</summary>
    public required string Forward { get; init; }

    /// <summary>Its inputs by name.</summary>
    public required IReadOnlyDictionary<string, DrawnInputContract> Inputs { get; init; }

    /// <summary>The extents of named sizes, one entry for each set of shapes at which answers are compared.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; init; }

    /// <summary>The name of the upstream gradient of each output. Default: none, the last statement is a loss of one element.</summary>
    public IReadOnlyDictionary<string, string>? Cotangents { get; init; }

    /// <summary>The gradients that are asked.</summary>
    public required IReadOnlyList<AskedGradientContract> Asked { get; init; }
}

/// <summary>A gradient that is asked.</summary>
public sealed record AskedGradientContract
{
    /// <summary>The input or value with respect to which the program is differentiated.</summary>
    public required string Of { get; init; }

    /// <summary>The name under which it is given.</summary>
    public required string Name { get; init; }

    /// <summary>A right answer.</summary>
    public required string Expression { get; init; }

    /// <summary>Wrong answers that have a known cause. Default: none.</summary>
    public IReadOnlyList<GradientMistakeContract>? Mistakes { get; init; }
}

/// <summary>A wrong gradient that has a known cause.</summary>
public sealed record GradientMistakeContract
{
    /// <summary>The gradient.</summary>
    public required string Expression { get; init; }

    /// <summary>Feedback for giving it.</summary>
    public required string Feedback { get; init; }
}

/// <summary>A program with one faulty line; a correction is right if the results are those of the right program at points of all sizes.</summary>
public sealed record DebuggingKeyContract
{
    /// <summary>The program, one statement of the expression language per line.</summary>
    public required IReadOnlyList<string> Code { get; init; }

    /// <summary>The number of the faulty line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>That line without the fault.</summary>
    public required string Correct { get; init; }

    /// <summary>The inputs by name.</summary>
    public required IReadOnlyDictionary<string, DrawnInputContract> Inputs { get; init; }

    /// <summary>The extents of named sizes, one entry for each set of shapes at which answers are compared.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; init; }

    /// <summary>The compared values; each with the input whose gradient it must be, or null if it is none.</summary>
    public required IReadOnlyDictionary<string, string?> Results { get; init; }

    /// <summary>The value of one element that the gradients belong to. Default: none of the results is a gradient.</summary>
    public string? Of { get; init; }

    /// <summary>Wrong answers that have a known cause. Default: none.</summary>
    public IReadOnlyList<DebuggingMistakeContract>? Mistakes { get; init; }
}

/// <summary>A wrong answer to a debugging exercise that has a known cause.</summary>
public sealed record DebuggingMistakeContract
{
    /// <summary>The line that it names.</summary>
    public required int Line { get; init; }

    /// <summary>Feedback for giving it.</summary>
    public required string Feedback { get; init; }

    /// <summary>The statement that it gives. Default: any.</summary>
    public string? Fix { get; init; }
}

/// <summary>An input of a program, drawn at random.</summary>
public sealed record DrawnInputContract
{
    /// <summary>Its extents: numbers, or names of sizes.</summary>
    public required IReadOnlyList<DimensionContract> Shape { get; init; }

    /// <summary>The minimum value. Default: −2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? From { get; init; }

    /// <summary>The maximum value. Default: 2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? To { get; init; }

    /// <summary>For whole numbers from 0, the number above the greatest one, or the name of a size. Default: real numbers.</summary>
    public DimensionContract? Below { get; init; }
}
