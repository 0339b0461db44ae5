using Backprop.Api.Features.Graphs;
using Backprop.Client.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Maps validated requests to what they train.</summary>
internal static class TrainingDefinitions
{
    /// <summary>The definition of a run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="graph">Its graph.</param>
    /// <exception cref="GraphException">An extent is out of range, or no parameters are named.</exception>
    public static TrainingDefinition Of(TrainingRunRequest request, GraphDefinition graph) => new(graph)
    {
        Loss = request.Loss,
        Parameters = Parameters(request, graph),
        Data = GraphContractReader.Literals(request.Data, "data"),
        Inputs = GraphContractReader.Literals(request.Inputs, "inputs"),
        Batches = new BatchOptions
        {
            Size = (int?)request.BatchSize,
            Shuffle = request.Shuffle ?? true,
            DropLast = request.DropLast ?? false,
            Seed = request.Seed ?? 0,
            AccumulationSteps = (int)(request.AccumulationSteps ?? 1),
        },
        Steps = request.Steps,
        Epochs = request.Epochs,
        Optimizer = request.Optimizer is { } optimizer ? Optimizer(optimizer) : new OptimizerOptions(OptimizerName.Sgd),
        Schedule = request.Schedule is { } schedule ? Schedule(schedule) : new ScheduleOptions(ScheduleName.Constant),
        Gradients = new GradientOptions
        {
            ClipNorm = request.ClipNorm,
            ClipValue = request.ClipValue,
            Zero = request.ZeroGradients ?? true,
            Method = (GradientMethod)(request.Gradient ?? TrainingGradient.Backprop),
            Epsilon = request.Epsilon,
        },
        Validation = request.Validation is { } validation
            ? new ValidationOptions(GraphContractReader.Literals(validation.Data, "validation.data"), validation.Every)
            : null,
        Record = new RecordOptions(request.Record?.Every ?? 1, request.Record?.Parameters ?? false),
        Stop = new StopOptions
        {
            LossBelow = request.Stop?.LossBelow,
            Patience = (int?)request.Stop?.Patience,
            NonFinite = (NonFiniteAction)(request.Stop?.NonFinite ?? NonFiniteChoice.Fail),
        },
        DType = request.DType is { } dtype ? GraphContractReader.DType(dtype) : DType.Float64,
    };

    private static Dictionary<string, ParameterStart> Parameters(TrainingRunRequest request, GraphDefinition graph)
    {
        var parameters = new Dictionary<string, ParameterStart>(StringComparer.Ordinal);
        if (request.Parameters is { } named)
        {
            foreach ((string name, ParameterContract start) in named)
            {
                parameters[name] = Start(start, $"parameters.{name}");
            }

            return parameters;
        }

        if (request.Onnx is not null)
        {
            foreach (ConstantDefinition constant in graph.Constants.Where(IsInitializer))
            {
                parameters[constant.Name] = new ParameterStart();
            }
        }

        return parameters.Count > 0 ? parameters : throw new GraphException(
            "parameters", "name what is trained and where it starts, such as {\"w\":0} or {\"w\":{\"initializer\":\"xavierUniform\"}}; "
            + "only an ONNX model with float initializers needs no parameters");
    }

    private static bool IsInitializer(ConstantDefinition constant) =>
        !constant.IsFixed && (constant.Value.Natural ?? constant.Value.Value.DType).IsFloat();

    private static ParameterStart Start(ParameterContract start, string path) => start.Drawn is { } drawn
        ? new ParameterStart(Initializer: Initializer(drawn, path))
        : new ParameterStart(GraphContractReader.Literal(start.Value!, path));

    private static InitializerOptions Initializer(InitializerContract drawn, string path) => new(
        (InitializerName)drawn.Initializer,
        drawn.Shape?.Select((extent, axis) => extent is >= 0 and <= int.MaxValue
            ? (int)extent
            : throw new GraphException($"{path}.shape[{axis}]", $"an extent must lie between 0 and {int.MaxValue}; got {extent}")).ToArray())
    {
        Gain = drawn.Gain,
        Fan = (FanLayout?)drawn.Fan,
        Value = drawn.Value,
        Mean = drawn.Mean,
        Std = drawn.Std,
        Low = drawn.Low,
        High = drawn.High,
    };

    private static OptimizerOptions Optimizer(OptimizerContract optimizer) => new(Name(optimizer.Name))
    {
        LearningRate = optimizer.LearningRate,
        Beta1 = optimizer.Beta1,
        Beta2 = optimizer.Beta2,
        Epsilon = optimizer.Epsilon,
        WeightDecay = optimizer.WeightDecay,
        Momentum = optimizer.Momentum,
        Dampening = optimizer.Dampening,
        Nesterov = optimizer.Nesterov,
        Alpha = optimizer.Alpha,
        Centered = optimizer.Centered,
        Decay = optimizer.Decay,
    };

    private static OptimizerName Name(OptimizerChoice choice) => choice switch
    {
        OptimizerChoice.Adagrad => OptimizerName.Adagrad,
        OptimizerChoice.Rmsprop => OptimizerName.RmsProp,
        OptimizerChoice.Adam => OptimizerName.Adam,
        OptimizerChoice.AdamW => OptimizerName.AdamW,
        OptimizerChoice.Lion => OptimizerName.Lion,
        _ => OptimizerName.Sgd,
    };

    private static ScheduleOptions Schedule(ScheduleContract schedule) => new((ScheduleName)schedule.Name)
    {
        WarmupSteps = schedule.WarmupSteps ?? 0,
        TotalSteps = schedule.TotalSteps,
        Minimum = schedule.Minimum,
        StartFactor = schedule.StartFactor,
        EndFactor = schedule.EndFactor,
        StepSize = schedule.StepSize,
        Gamma = schedule.Gamma,
        Maximum = schedule.Maximum,
        PctStart = schedule.PctStart,
        DivFactor = schedule.DivFactor,
        FinalDivFactor = schedule.FinalDivFactor,
    };
}
