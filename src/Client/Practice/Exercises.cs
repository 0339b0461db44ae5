using Backprop.Client.Derivatives;

namespace Backprop.Client.Practice;

/// <summary>What a derivation or debugging exercise shows of its program.</summary>
public sealed record ExercisePrompt
{
    /// <summary>The statements in the expression language, one per line; a debugging exercise counts the lines from 1.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The inputs with their shapes.</summary>
    public required IReadOnlyDictionary<string, DrawnInputContract> Inputs { get; init; }

    /// <summary>The extents of named sizes at which answers are compared; in an expression, the name of a size is that number.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, int>> Sizes { get; init; }

    /// <summary>The names of the upstream gradients by output; absent if the last statement is the loss, and for debugging exercises.</summary>
    public IReadOnlyDictionary<string, string>? Cotangents { get; init; }

    /// <summary>The gradients that are asked, by the name under which they are given; absent for debugging exercises.</summary>
    public IReadOnlyDictionary<string, string>? Gradients { get; init; }

    /// <summary>The values that must be right; absent for derivations.</summary>
    public IReadOnlyList<string>? Results { get; init; }
}

/// <summary>The worked solution of a question about a graph.</summary>
public sealed record WorkedSolution
{
    /// <summary>The body of <c>POST /gradients</c> that gives the walk-through.</summary>
    public required GradientRequest Request { get; init; }

    /// <summary>Both passes, step by step.</summary>
    public required Steps Walkthrough { get; init; }

    /// <summary>The graph with its values and gradients, SVG; absent if it is too large.</summary>
    public string? Diagram { get; init; }
}

/// <summary>The result of a part of an answer: a gradient, or the line or the statement of a correction.</summary>
public sealed record PartResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is right.</summary>
    public required bool Correct { get; init; }

    /// <summary>Feedback on it.</summary>
    public required string Feedback { get; init; }

    /// <summary>The first element that differs; absent if none does, or shapes differ.</summary>
    public ElementDifference? Difference { get; init; }
}

/// <summary>An element that differs from the right one.</summary>
public sealed record ElementDifference
{
    /// <summary>The extents of named sizes.</summary>
    public required IReadOnlyDictionary<string, int> Sizes { get; init; }

    /// <summary>Its index.</summary>
    public required IReadOnlyList<int> Index { get; init; }

    /// <summary>Its value in the answer; absent if it is not finite.</summary>
    public double? Yours { get; init; }

    /// <summary>The right value.</summary>
    public required double Right { get; init; }
}
