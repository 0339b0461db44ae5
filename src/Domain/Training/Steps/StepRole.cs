namespace Backprop.Domain.Training.Steps;

/// <summary>What an input or an output of a step's graph is.</summary>
public enum StepRole
{
    /// <summary>Examples of a batch.</summary>
    Data,

    /// <summary>An input that is the same in every step.</summary>
    Fixed,

    /// <summary>Random values.</summary>
    Draw,

    /// <summary>A parameter, before or after the update.</summary>
    Parameter,

    /// <summary>A state of the optimizer, before or after the update.</summary>
    State,

    /// <summary>A sum of gradients, before or after a batch or an update.</summary>
    Gradient,

    /// <summary>The learning rate.</summary>
    LearningRate,

    /// <summary>The number of updates including this one.</summary>
    Updates,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The norm of all gradients together.</summary>
    GradientNorm,

    /// <summary>That norm after clipping.</summary>
    ClippedNorm,

    /// <summary>The norm of a parameter before the update.</summary>
    ParameterNorm,

    /// <summary>The norm of a parameter's gradient before clipping.</summary>
    ParameterGradientNorm,

    /// <summary>The norm of the change of a parameter.</summary>
    UpdateNorm,
}

/// <summary>An input or output of a step's graph.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Index">Which one, in the order of the data, inputs, draws or parameters; states are numbered parameter by parameter.</param>
public readonly record struct StepValue(StepRole Role, int Index = 0);

/// <summary>A part of a step as a graph.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Inputs">What its inputs are, in their order.</param>
/// <param name="Outputs">What its outputs are, in their order.</param>
/// <param name="Draws">The random values of its inputs.</param>
public sealed record StepGraph(
    Graphs.Graph Graph, IReadOnlyList<StepValue> Inputs, IReadOnlyList<StepValue> Outputs, IReadOnlyList<Graphs.RandomDraw> Draws);
