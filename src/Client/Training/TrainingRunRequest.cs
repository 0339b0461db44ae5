using System.Text.Json.Serialization;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Training;

/// <summary>The request body of <c>POST /training-runs</c>: a graph in exactly one of four ways, and how its loss is minimized.</summary>
public sealed record TrainingRunRequest
{
    /// <summary>The graph itself.</summary>
    public GraphContract? Graph { get; init; }

    /// <summary>
    /// The graph as text: statements separated by <c>;</c> or new lines, the last one the output. <c>GET /expressions</c> describes the language.
    /// </summary>
    public string? Expression { get; init; }

    /// <summary>The id or alias of a registered graph.</summary>
    public string? GraphId { get; init; }

    /// <summary>The graph as an ONNX ModelProto, base64.</summary>
    public byte[]? Onnx { get; init; }

    /// <summary>The output to minimize, of one element. Default: the only one.</summary>
    public string? Loss { get; init; }

    /// <summary>
    /// What is trained: float inputs, constants or initializers, each with its initial value or how it is drawn. Default: all initializers of an ONNX
    /// model, with the values that they have.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterContract>? Parameters { get; init; }

    /// <summary>The examples: the value of each input whose leading axis runs over them, of the same length for all. Default: none.</summary>
    public IReadOnlyDictionary<string, TensorValue>? Data { get; init; }

    /// <summary>The values of inputs that stay the same. Default: none.</summary>
    public IReadOnlyDictionary<string, TensorValue>? Inputs { get; init; }

    /// <summary>Examples per micro-batch. Default: all.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? BatchSize { get; init; }

    /// <summary>Whether each epoch has an order of its own. Default: true.</summary>
    public bool? Shuffle { get; init; }

    /// <summary>Whether a last, smaller batch is left out. Default: false.</summary>
    public bool? DropLast { get; init; }

    /// <summary>Decides the order of the examples and the initial values. Default: 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Seed { get; init; }

    /// <summary>The number of steps of the optimizer; either this or <c>epochs</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Steps { get; init; }

    /// <summary>The number of passes over the data; either this or <c>steps</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Epochs { get; init; }

    /// <summary>How the parameters are updated. Default: <c>sgd</c>.</summary>
    public OptimizerContract? Optimizer { get; init; }

    /// <summary>How the learning rate changes. Default: <c>constant</c>.</summary>
    public ScheduleContract? Schedule { get; init; }

    /// <summary>The largest 2-norm of all gradients together, as <c>clip_grad_norm_</c> clips them. Default: no clipping.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? ClipNorm { get; init; }

    /// <summary>The largest magnitude of an element of a gradient, as <c>clip_grad_value_</c> clips it. Default: no clipping.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? ClipValue { get; init; }

    /// <summary>Micro-batches per step, whose gradients are averaged. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? AccumulationSteps { get; init; }

    /// <summary>False sums the gradients of all steps, the classic mistake. Default: true.</summary>
    public bool? ZeroGradients { get; init; }

    /// <summary>How gradients are computed. Default: <c>backprop</c>.</summary>
    public TrainingGradient? Gradient { get; init; }

    /// <summary>The step of finite differences. Default: the cube root of the precision.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Epsilon { get; init; }

    /// <summary>Other examples, on which the loss is evaluated. Default: none.</summary>
    public ValidationContract? Validation { get; init; }

    /// <summary>Which steps are recorded, and what of them. Default: the loss and the norm of the gradient of every step.</summary>
    public RecordContract? Record { get; init; }

    /// <summary>When the run ends early. Default: if it diverges.</summary>
    public StopContract? Stop { get; init; }

    /// <summary>Steps between two checkpoints; there is one every five seconds in any case. Default: only those.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? CheckpointEvery { get; init; }

    /// <summary>The number of processes that share a step; only 1 at present. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? DataParallel { get; init; }

    /// <summary>The element type of inputs, data and parameters that state none. Default: <c>float64</c>.</summary>
    [JsonPropertyName("dtype")]
    public ElementType? DType { get; init; }

    /// <summary>Where to compute: <c>auto</c> or <c>host</c>. Default: <c>auto</c>.</summary>
    public DeviceChoice? Device { get; init; }
}

/// <summary>How gradients are computed.</summary>
public enum TrainingGradient
{
    /// <summary>Reverse mode.</summary>
    Backprop,

    /// <summary>Central differences: two evaluations of the loss per element of the parameters.</summary>
    FiniteDifferences,
}

/// <summary>Examples on which the loss is evaluated.</summary>
public sealed record ValidationContract
{
    /// <summary>The examples, of the same names as the data.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Data { get; init; }

    /// <summary>Steps between two validations. Default: an epoch.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Every { get; init; }
}

/// <summary>Which steps are recorded, and what of them.</summary>
public sealed record RecordContract
{
    /// <summary>Steps between two records. Default: 1.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Every { get; init; }

    /// <summary>Whether norms per parameter are recorded. Default: false.</summary>
    public bool? Parameters { get; init; }
}

/// <summary>When a run ends early.</summary>
public sealed record StopContract
{
    /// <summary>Ends the run when the loss (the validation loss, if there is one) is below this. Default: never.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? LossBelow { get; init; }

    /// <summary>Ends the run after so many validations (recorded steps, without validation) without a smaller loss. Default: never.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Patience { get; init; }

    /// <summary>What a loss or gradient that is not finite does. Default: <c>fail</c>.</summary>
    public NonFiniteChoice? NonFinite { get; init; }
}

/// <summary>What a loss or gradient that is not finite does.</summary>
public enum NonFiniteChoice
{
    /// <summary>Ends the run as diverged.</summary>
    Fail,

    /// <summary>Leaves out the update of this step.</summary>
    Skip,
}
