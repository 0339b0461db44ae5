using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

/// <summary>Definitions that are not sound are refused before anything runs, with the member that is wrong and what would be right.</summary>
public class BadDefinitionTests
{
    private static readonly TrainingDefinition Good = RunTests.Xor;

    private static readonly (string Path, string Says, TrainingDefinition Definition)[] All =
    [
        ("data.x", "NaN at [1,0]", Data("x", [0, 0, double.NaN, 1, 1, 0, 1, 1], 4, 2)),
        ("data.t", "'t' has 3 examples, but 'x' has 4", Data("t", [0, 1, 1], 3, 1)),
        ("data.t", "leading axis", Data("t", [1])),
        ("data.x", "there are no examples", Data("x", [], 0, 2)),
        ("data.xx", "expected x or t", Good with { Data = With(Good.Data, "xx", Literal.Of(1, 2, 3, 4)) }),
        ("data.t", "the input 't' has no value", Good with { Data = Without(Good.Data, "t") }),
        ("inputs.x", "'x' is also in data", Good with { Inputs = new Dictionary<string, Literal> { ["x"] = Literal.Of(1.0) } }),
        ("inputs.y", "'y' is not an input", Good with { Inputs = new Dictionary<string, Literal> { ["y"] = Literal.Of(1.0) } }),
        ("batchSize", "only 4 examples", Good with { Batches = new() { Size = 5 } }),
        ("batchSize", "at least 1", Good with { Batches = new() { Size = 0 } }),
        ("batchSize", "no data", Quadratic() with { Batches = new() { Size = 1 } }),
        ("accumulationSteps", "at least 1", Good with { Batches = new() { AccumulationSteps = 0 } }),
        ("accumulationSteps", "only 2 batches", Good with { Batches = new() { Size = 2, AccumulationSteps = 3 } }),
        ("steps", "steps or epochs", Good with { Steps = null }),
        ("epochs", "both given", Good with { Epochs = 1 }),
        ("steps", "at least 1", Good with { Steps = 0 }),
        ("epochs", "at least 1", Good with { Steps = null, Epochs = -1 }),
        ("parameters", "nothing to train", Quadratic() with { Parameters = new Dictionary<string, ParameterStart>(), Data = new Dictionary<string, Literal>() }),
        ("parameters.w3", "expected x, w1", Good with { Parameters = With(Good.Parameters, "w3", new(Literal.Of(1.0))) }),
        ("parameters.y", "not an input or constant", Good with { Parameters = With(Good.Parameters, "y", new(Literal.Of(1.0))) }),
        ("parameters.w1", "needs an initial value", Parameter("w1", new())),
        ("parameters.w1", "not both", Parameter("w1", new(Literal.Of(1.0), new(InitializerName.Zeros, [2, 16])))),
        ("parameters.b2", "Infinity at [0]", Parameter("b2", new(Runs.Value([double.PositiveInfinity], 1)))),
        ("parameters.b2", "int64", Parameter("b2", new(new Literal(Tensor.Vector(1L), DType.Int64)))),
        ("parameters.w1.shape", "give a shape", Initializer("w1", new(InitializerName.Zeros))),
        ("parameters.w1.shape[1]", "at least 1", Initializer("w1", new(InitializerName.Zeros, [2, 0]))),
        ("parameters.b1.initializer", "at least two axes", Initializer("b1", new(InitializerName.XavierUniform, [16]))),
        ("parameters.w1.gain", "zeros has no gain", Initializer("w1", new(InitializerName.Zeros, [2, 16]) { Gain = 2 })),
        ("parameters.w1.fan", "orthogonal has no fan", Initializer("w1", new(InitializerName.Orthogonal, [2, 16]) { Fan = FanLayout.InOut })),
        ("parameters.w1.value", "needs a value", Initializer("w1", new(InitializerName.Constant, [2, 16]))),
        ("parameters.w1.std", "at least 0", Initializer("w1", new(InitializerName.Normal, [2, 16]) { Std = -1 })),
        ("parameters.w1.high", "at least low", Initializer("w1", new(InitializerName.Uniform, [2, 16]) { Low = 2 })),
        ("parameters.w1.initializer", "xavierNormal or heNormal", Initializer("w1", new(InitializerName.Orthogonal, [2, 5000]))),
        ("optimizer.beta1", "sgd has no beta1; it has learningRate, momentum", Optimizer(new(OptimizerName.Sgd) { Beta1 = 0.9 })),
        ("optimizer.nesterov", "lion has no nesterov", Optimizer(new(OptimizerName.Lion) { Nesterov = true })),
        ("optimizer.epsilon", "sgd has no epsilon", Optimizer(new(OptimizerName.Sgd) { Epsilon = 0.9 })),
        ("optimizer.learningRate", "at least 0", Optimizer(new(OptimizerName.Sgd) { LearningRate = -1 })),
        ("optimizer.learningRate", "NaN", Optimizer(new(OptimizerName.Sgd) { LearningRate = double.NaN })),
        ("optimizer.beta2", "below 1", Optimizer(new(OptimizerName.Adam) { Beta2 = 1 })),
        ("optimizer.nesterov", "needs a momentum", Optimizer(new(OptimizerName.Sgd) { Nesterov = true })),
        ("optimizer.nesterov", "no dampening", Optimizer(new(OptimizerName.Sgd) { Nesterov = true, Momentum = 0.9, Dampening = 0.1 })),
        ("schedule.gamma", "cosine has no gamma; it has minimum", Schedule(new(ScheduleName.Cosine) { Gamma = 0.5 })),
        ("schedule.gamma", "needs a gamma", Schedule(new(ScheduleName.Exponential))),
        ("schedule.stepSize", "needs a stepSize", Schedule(new(ScheduleName.Step))),
        ("schedule.stepSize", "at least 1", Schedule(new(ScheduleName.Step) { StepSize = 0 })),
        ("schedule.maximum", "needs a maximum", Schedule(new(ScheduleName.OneCycle))),
        ("schedule.pctStart", "between 0 and 1", Schedule(new(ScheduleName.OneCycle) { Maximum = 1, PctStart = 1.5 })),
        ("schedule.divFactor", "above 0", Schedule(new(ScheduleName.OneCycle) { Maximum = 1, DivFactor = 0 })),
        ("schedule.warmupSteps", "at least 0", Schedule(new(ScheduleName.Constant) { WarmupSteps = -1 })),
        ("schedule.totalSteps", "at least 1", Schedule(new(ScheduleName.Linear) { TotalSteps = 0 })),
        ("clipNorm", "above 0", Good with { Gradients = new() { ClipNorm = 0 } }),
        ("clipValue", "above 0", Good with { Gradients = new() { ClipValue = double.NaN } }),
        ("epsilon", "finite differences", Good with { Gradients = new() { Epsilon = 1e-3 } }),
        ("epsilon", "above 0", Good with { Gradients = new() { Epsilon = 0, Method = GradientMethod.FiniteDifferences } }),
        ("record.every", "at least 1", Good with { Record = new(0) }),
        ("validation.every", "at least 1", Validation(Good.Data, 0)),
        ("validation.data.t", "no validation examples", Validation(Without(Good.Data, "t"))),
        ("validation.data.z", "'z' is not in data", Validation(With(Good.Data, "z", Literal.Of(1, 2, 3, 4)))),
        ("validation.data.x", "an example is float64[1,3]", Validation(With(Good.Data, "x", Runs.Value(new double[12], 4, 3)))),
        ("validation.data.t", "'t' has 2 examples", Validation(With(Good.Data, "t", Runs.Value([1, 2], 2, 1)))),
        ("validation.data.x", "NaN", Validation(With(Good.Data, "x", Runs.Value([0, 0, double.NaN, 1, 1, 0, 1, 1], 4, 2)))),
        ("stop.patience", "at least 1", Good with { Stop = new() { Patience = 0 } }),
        ("stop.lossBelow", "finite", Good with { Stop = new() { LossBelow = double.NaN } }),
        ("loss", "'Lo' is not an output", Good with { Loss = "Lo" }),
        ("loss", "one element", Good with { Graph = Runs.Graph("h = tanh(x @ w1 + b1); y = h @ w2 + b2; L = (y - t)^2") }),
        ("graph.nodes[0]", "do not", Initializer("w1", new(InitializerName.Zeros, [3, 16]))),
        ("batchSize", "a batch of 2 examples", Declared([4, 2]) with { Batches = new() { Size = 2 } }),
        ("data.x", "declared is [4,3]", Declared([4, 3])),
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach ((int index, (string path, string says, _)) in All.Index())
            {
                cases.Add(index, $"{path}: {says}");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_member_is_named(int index, string what)
    {
        GraphException error = Should.Throw<GraphException>(() => Runs.Compile(All[index].Definition), what);
        error.Path.ShouldBe(All[index].Path, error.Message);
        error.Message.ShouldContain(All[index].Says);
    }

    [Fact]
    public void Limits_are_checked_first()
    {
        Exceeds("Training:MaxSteps", "steps", () => Runs.Compile(Good with { Steps = 1_000_000_000_000 }));
        Exceeds("Training:MaxSteps", "epochs", () => Runs.Compile(Good with { Steps = null, Epochs = long.MaxValue, Batches = new() { Size = 1 } }));
        Exceeds("Training:MaxDataBytes", "data", () => Runs.Compile(Good, new TrainingLimits { MaxDataBytes = 95 }));
        Exceeds("Training:MaxStateBytes", "parameters", () => Runs.Compile(Initializer("w1", new(InitializerName.Zeros, [2, 1 << 29]))));
        Exceeds("Limits:MaxElements", "", () => Runs.Compile(Good, null, new EngineLimits { MaxElements = 100 }));
        Exceeds("Limits:MaxFlops", "", () => Runs.Compile(Good, null, new EngineLimits { MaxFlops = 100 }));
        TrainingDefinition differences = Good with { Gradients = new() { Method = GradientMethod.FiniteDifferences } };
        Exceeds("Limits:MaxFlops", "gradient", () => Runs.Compile(differences, null, new EngineLimits { MaxFlops = 10_000 }));
    }

    private static void Exceeds(string limit, string path, Action compile)
    {
        LimitException error = Should.Throw<LimitException>(compile, limit);
        (error.Limit, error.Path).ShouldBe((limit, path));
    }

    private static TrainingDefinition Quadratic() => new(Runs.Graph("L = x^2")) { Steps = 1, Parameters = new Dictionary<string, ParameterStart> { ["x"] = new(Literal.Of(1.0)) } };

    private static TrainingDefinition Data(string name, double[] values, params int[] shape) => Good with { Data = With(Good.Data, name, Runs.Value(values, shape)) };

    private static TrainingDefinition Parameter(string name, ParameterStart start) => Good with { Parameters = With(Good.Parameters, name, start) };

    private static TrainingDefinition Initializer(string name, InitializerOptions options) => Parameter(name, new(Initializer: options));

    private static TrainingDefinition Optimizer(OptimizerOptions options) => Good with { Optimizer = options };

    private static TrainingDefinition Schedule(ScheduleOptions options) => Good with { Schedule = options };

    private static TrainingDefinition Validation(IReadOnlyDictionary<string, Literal> data, long every = 1) => Good with { Validation = new(data, every) };

    private static TrainingDefinition Declared(int[] shape)
    {
        GraphDefinition graph = Good.Graph;
        return Good with
        {
            Graph = graph with { Inputs = [.. graph.Inputs.Select(input => input.Name == "x" ? input with { Shape = [.. shape.Select(dim => new Dimension(dim))] } : input)] },
        };
    }

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> values, string name, T value) => new(values) { [name] = value };

    private static Dictionary<string, T> Without<T>(IReadOnlyDictionary<string, T> values, string name) => new(values.Where(pair => pair.Key != name));
}
