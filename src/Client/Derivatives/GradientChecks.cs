using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Derivatives;

/// <summary>The request body of <c>POST /gradient-checks</c>: compares backpropagation with finite differences.</summary>
public sealed record GradientCheckRequest : DerivativeRequest
{
    /// <summary>What to differentiate with respect to: float inputs, float constants, or <c>["*"]</c>. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output, which has one element. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The scheme: <c>forward</c> or <c>central</c>. Default: <c>central</c>.</summary>
    public DifferenceMethod? Method { get; init; }

    /// <summary>
    /// The step, above 0. Default: ε^(1/3)·max(1, |x|) for central differences, ε^(1/2)·max(1, |x|) for forward ones, with the machine epsilon of
    /// the element type.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Epsilon { get; init; }

    /// <summary>The relative tolerance, 0 or more. Default: 1e-3.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Rtol { get; init; }

    /// <summary>The absolute tolerance, 0 or more. Default: 1e-5.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Atol { get; init; }
}

/// <summary>A finite-difference scheme.</summary>
public enum DifferenceMethod
{
    /// <summary>(f(x+ε) − f(x)) / ε: one evaluation per element, and one at the point.</summary>
    Forward,

    /// <summary>(f(x+ε) − f(x−ε)) / 2ε: two evaluations per element.</summary>
    Central,
}

/// <summary>The response of <c>POST /gradient-checks</c>.</summary>
public sealed record GradientCheckAnswer : DerivativeAnswer
{
    /// <summary>True if every element agrees, |a−n| ≤ atol + rtol·|n|, except those that differences cannot decide.</summary>
    public required bool Passed { get; init; }

    /// <summary>The elements that disagree, but by no more than the differences may be in error; absent if there are none.</summary>
    public long? Undetermined { get; init; }

    /// <summary>The greatest |a−n| over all elements.</summary>
    public required double MaxAbsoluteError { get; init; }

    /// <summary>The greatest |a−n| / max(|a|,|n|) over all elements.</summary>
    public required double MaxRelativeError { get; init; }

    /// <summary>The element that agrees least; absent if there are no elements.</summary>
    public WorstElement? Worst { get; init; }

    /// <summary>The number of evaluations for the differences: more for elements that disagree at first.</summary>
    public required long Evaluations { get; init; }

    /// <summary>The time of backpropagation, milliseconds.</summary>
    public required double BackpropMs { get; init; }

    /// <summary>The time of the finite differences, milliseconds.</summary>
    public required double FiniteDifferenceMs { get; init; }

    /// <summary>The second time divided by the first.</summary>
    public required double Speedup { get; init; }
}

/// <summary>An element of a gradient, computed in both ways.</summary>
public sealed record WorstElement
{
    /// <summary>The name of the input.</summary>
    public required string Input { get; init; }

    /// <summary>The multi-index of the element; empty for a scalar.</summary>
    public required IReadOnlyList<long> Index { get; init; }

    /// <summary>The derivative by backpropagation.</summary>
    public required double Analytic { get; init; }

    /// <summary>The derivative by finite differences.</summary>
    public required double Numeric { get; init; }
}
