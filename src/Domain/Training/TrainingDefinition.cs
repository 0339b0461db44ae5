using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training;

/// <summary>What is trained, on what, and how: all that determines a run. The same definition gives the same bits on the same machine.</summary>
/// <param name="Graph">The graph of the loss.</param>
public sealed record TrainingDefinition(GraphDefinition Graph)
{
    /// <summary>The output to minimize, of one element; null for the only output.</summary>
    public string? Loss { get; init; }

    /// <summary>The parameters and their initial values by name: float inputs, constants or initializers of the graph.</summary>
    public IReadOnlyDictionary<string, ParameterStart> Parameters { get; init; } = new Dictionary<string, ParameterStart>();

    /// <summary>The inputs whose leading axis runs over examples, all of the same length.</summary>
    public IReadOnlyDictionary<string, Literal> Data { get; init; } = new Dictionary<string, Literal>();

    /// <summary>The inputs that are the same in every step.</summary>
    public IReadOnlyDictionary<string, Literal> Inputs { get; init; } = new Dictionary<string, Literal>();

    /// <summary>Which examples a step sees.</summary>
    public BatchOptions Batches { get; init; } = new();

    /// <summary>The number of steps of the optimizer; null if <see cref="Epochs"/> is given.</summary>
    public long? Steps { get; init; }

    /// <summary>The number of passes over the data; null if <see cref="Steps"/> is given.</summary>
    public long? Epochs { get; init; }

    /// <summary>How the parameters are updated.</summary>
    public OptimizerOptions Optimizer { get; init; } = new(OptimizerName.Sgd);

    /// <summary>How the learning rate changes.</summary>
    public ScheduleOptions Schedule { get; init; } = new(ScheduleName.Constant);

    /// <summary>What happens to gradients before the update.</summary>
    public GradientOptions Gradients { get; init; } = new();

    /// <summary>The data that the model is validated on; null for none.</summary>
    public ValidationOptions? Validation { get; init; }

    /// <summary>Which steps are recorded.</summary>
    public RecordOptions Record { get; init; } = new();

    /// <summary>When the run ends early.</summary>
    public StopOptions Stop { get; init; } = new();

    /// <summary>The element type of inputs, data and parameters that state none.</summary>
    public DType DType { get; init; } = DType.Float64;
}

/// <summary>The initial value of a parameter: a value, or how it is drawn. One of them, or neither for the value that the graph has.</summary>
/// <param name="Value">The value.</param>
/// <param name="Initializer">How it is drawn.</param>
public sealed record ParameterStart(Literal? Value = null, InitializerOptions? Initializer = null);

/// <summary>Which examples a step sees.</summary>
public sealed record BatchOptions
{
    /// <summary>Examples per micro-batch; null for all.</summary>
    public int? Size { get; init; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last, smaller batch is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>Decides the order, the initial values and dropout.</summary>
    public long Seed { get; init; }

    /// <summary>Micro-batches per step, whose gradients are averaged.</summary>
    public int AccumulationSteps { get; init; } = 1;
}

/// <summary>What happens to gradients before the update.</summary>
public sealed record GradientOptions
{
    /// <summary>The largest Euclidean norm of all gradients together (<c>clip_grad_norm_</c>); null for any.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest magnitude of an element (<c>clip_grad_value_</c>); null for any.</summary>
    public double? ClipValue { get; init; }

    /// <summary>False sums the gradients of all steps, the classic mistake.</summary>
    public bool Zero { get; init; } = true;

    /// <summary>How they are computed.</summary>
    public GradientMethod Method { get; init; } = GradientMethod.Backprop;

    /// <summary>The step of central differences; null for the default.</summary>
    public double? Epsilon { get; init; }
}

/// <summary>How gradients are computed.</summary>
public enum GradientMethod
{
    /// <summary>Reverse mode.</summary>
    Backprop,

    /// <summary>Central differences: two evaluations of the loss per element of the parameters.</summary>
    FiniteDifferences,
}

/// <summary>Validation.</summary>
/// <param name="Data">Other examples, of the same names as the data.</param>
/// <param name="Every">Steps between two validations; null for an epoch.</param>
public sealed record ValidationOptions(IReadOnlyDictionary<string, Literal> Data, long? Every = null);

/// <summary>Which steps are recorded, and what of them.</summary>
/// <param name="Every">Steps between two records.</param>
/// <param name="Parameters">Whether norms per parameter are recorded.</param>
public sealed record RecordOptions(long Every = 1, bool Parameters = false);

/// <summary>When a run ends early.</summary>
public sealed record StopOptions
{
    /// <summary>Ends it when the loss (the validation loss, if there is one) is below this; null for never.</summary>
    public double? LossBelow { get; init; }

    /// <summary>Ends it after so many validations (recorded steps, without validation) without a smaller loss; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>What a loss or gradient that is not finite does.</summary>
    public NonFiniteAction NonFinite { get; init; } = NonFiniteAction.Fail;
}

/// <summary>What a loss or gradient that is not finite does.</summary>
public enum NonFiniteAction
{
    /// <summary>Ends the run as diverged.</summary>
    Fail,

    /// <summary>Leaves out the update of this step.</summary>
    Skip,
}
