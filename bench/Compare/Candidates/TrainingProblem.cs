using System.Text.Json.Nodes;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compare.Candidates;

/// <summary>A training run that both sides do. Batches are taken in order.</summary>
/// <param name="Problem">The loss, the data and the initial parameters.</param>
/// <param name="BatchSize">The examples of a step.</param>
/// <param name="Optimizer">SGD or AdamW.</param>
/// <param name="ClipNorm">The greatest norm of all gradients, or null for any.</param>
internal sealed record TrainingProblem(Problem Problem, int BatchSize, OptimizerName Optimizer, double? ClipNorm)
{
    /// <summary>The steps after which both sides must have the same parameters.</summary>
    public const int FirstSteps = 5;

    private const double LearningRate = 1e-3;
    private const long PoolBytes = 512L << 20;

    /// <summary>What the peer has to know.</summary>
    public JsonObject Question(bool usesForeach) => new()
    {
        ["optimizer"] = Optimizer == OptimizerName.Sgd ? "sgd" : "adamW",
        ["learningRate"] = LearningRate,
        ["batchSize"] = BatchSize,
        ["clipNorm"] = ClipNorm,
        ["foreach"] = usesForeach,
    };

    /// <summary>The run; it is never finished.</summary>
    public TrainingLoop Start()
    {
        Dictionary<string, Literal> values = Problem.Inputs.ToDictionary(input => input.Key, input => new Literal(input.Value, input.Value.DType));
        var definition = new TrainingDefinition(LocalEngine.Parse(Problem.Expression))
        {
            Data = values.Where(value => !Problem.Wrt!.Contains(value.Key)).ToDictionary(),
            Parameters = Problem.Wrt!.ToDictionary(name => name, name => new ParameterStart(values[name])),
            DType = DType.Float32,
            Batches = new BatchOptions { Size = BatchSize, Shuffle = false },
            Optimizer = new OptimizerOptions(Optimizer) { LearningRate = LearningRate },
            Gradients = new GradientOptions { ClipNorm = ClipNorm },
            Record = new RecordOptions(long.MaxValue),
            Steps = long.MaxValue,
        };
        var limits = new TrainingLimits { MaxSteps = long.MaxValue };
        var trainer = Trainer.Compile(definition, new HostExecutor(new BufferPool(PoolBytes)), new EngineLimits(), limits, CancellationToken.None);
        return trainer.Continue(trainer.Initial());
    }

    /// <summary>The parameters of a run, in the order of the problem.</summary>
    public IReadOnlyList<Tensor> Parameters(TrainingLoop loop) => [.. Problem.Wrt!.Select(name => loop.Capture().Tensors[name])];
}
