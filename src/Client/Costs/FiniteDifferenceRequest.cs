namespace Backprop.Client.Costs;

/// <summary>
/// The request body of <c>POST /finite-difference-times</c>: a number of parameters with the time of a forward pass, a model on a device, or a graph
/// with inputs, which is run. Give exactly one of <c>parameters</c>, <c>model</c> and a graph.
/// </summary>
public sealed record FiniteDifferenceRequest : CostRequest
{
    /// <summary>The number of parameters, n: whole, from 1 to 1e18. Requires <c>forwardMs</c>.</summary>
    public double? Parameters { get; init; }

    /// <summary>
    /// The tokens of one evaluation, at least 1. Default: for a model, one sequence of its context; otherwise unknown, and times are not compared
    /// with the device.
    /// </summary>
    public double? Tokens { get; init; }

    /// <summary>The finite-difference scheme. Default: <c>forward</c>.</summary>
    public FiniteDifferenceMethod? Method { get; init; }

    /// <summary>For a graph: the inputs whose elements are the parameters. Default: every float input.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>For a graph: the output, which has one element. Default: the only one.</summary>
    public string? Output { get; init; }
}

/// <summary>The finite-difference scheme.</summary>
public enum FiniteDifferenceMethod
{
    /// <summary>(f(x+h) − f(x)) / h: n + 1 evaluations, an error floor of √u.</summary>
    Forward,

    /// <summary>(f(x+h) − f(x−h)) / 2h: 2n evaluations, an error floor of u^⅔.</summary>
    Central,

    /// <summary>Im f(x+ih) / h: n evaluations in complex arithmetic, an error floor of u (Squire and Trapp 1998).</summary>
    ComplexStep,
}
