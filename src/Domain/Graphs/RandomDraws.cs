using Backprop.Domain.Sampling;

namespace Backprop.Domain.Graphs;

/// <summary>When the random values of a graph are drawn.</summary>
public enum RandomMode
{
    /// <summary>Once: they are constants of the graph.</summary>
    Once,

    /// <summary>For every run: they are inputs of the graph.</summary>
    PerRun,

    /// <summary>Once, and nothing is dropped out.</summary>
    Inference,
}

/// <summary>Random values that are drawn for every run.</summary>
/// <param name="Input">The input that receives them.</param>
/// <param name="Name">What they are drawn for: other names draw from other sequences.</param>
/// <param name="Draw">Draws an element.</param>
public sealed record RandomDraw(Node Input, string Name, Func<SeededGenerator, double> Draw);
