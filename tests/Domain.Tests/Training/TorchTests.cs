using System.Text.Json.Nodes;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

/// <summary>Runs of 200 steps end where those of <c>torch.optim</c> end; <c>make_training_cases.py</c> records them.</summary>
public class TorchTests
{
    private static readonly JsonNode[] All =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Training", "training.jsonl")).Select(line => JsonNode.Parse(line)!)];

    public static TheoryData<string> Cases => [.. All.Select(given => given["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_ends_where_that_of_PyTorch_ends(string name)
    {
        JsonNode given = All.Single(line => line["name"]!.GetValue<string>() == name);
        double tolerance = given["tolerance"]!.GetValue<double>();
        (TrainingState state, _, List<StepMetrics> metrics) = Runs.Finish(Definition(given));
        int[] shown = Numbers(given["shown"]!, at => at.GetValue<int>());
        for (int i = 0; i < shown.Length; i++)
        {
            StepMetrics step = metrics[shown[i] - 1];
            step.Step.ShouldBe(shown[i]);
            Close(step.LearningRate, given["learningRates"]![i]!.GetValue<double>(), 1e-13, "learning rate");
            Close(step.Loss, given["losses"]![i]!.GetValue<double>(), tolerance, $"loss of step {shown[i]}");
            Close(step.GradientNorm, given["norms"]![i]!.GetValue<double>(), tolerance, $"norm of step {shown[i]}");
        }

        foreach ((string parameter, JsonNode? expected) in given["expect"]!.AsObject())
        {
            double[] values = Numbers(expected!["data"]!, value => value.GetValue<double>());
            for (int i = 0; i < values.Length; i++)
            {
                Close(state.Tensors[parameter][i], values[i], tolerance, $"{parameter}[{i}]");
            }
        }
    }

    private static void Close(double actual, double expected, double tolerance, string what) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} and {expected:R}");

    private static TrainingDefinition Definition(JsonNode given)
    {
        DType dtype = given["dtype"]!.GetValue<string>() == "float32" ? DType.Float32 : DType.Float64;
        string[] integers = Numbers(given["integers"]!, value => value.GetValue<string>());
        return new TrainingDefinition(Runs.Graph(given["expression"]!.GetValue<string>()))
        {
            DType = dtype,
            Steps = given["steps"]!.GetValue<long>(),
            Parameters = given["parameters"]!.AsObject().ToDictionary(value => value.Key, value => new ParameterStart(Value(value.Value!, dtype))),
            Data = given["data"]!.AsObject().ToDictionary(value => value.Key, value => Value(value.Value!, integers.Contains(value.Key) ? DType.Int64 : dtype)),
            Batches = new BatchOptions { Size = given["batchSize"]!.GetValue<int>(), Shuffle = false, AccumulationSteps = given["accumulationSteps"]?.GetValue<int>() ?? 1 },
            Gradients = new GradientOptions
            {
                ClipNorm = given["clipNorm"]?.GetValue<double>(),
                ClipValue = given["clipValue"]?.GetValue<double>(),
                Zero = given["zeroGradients"]?.GetValue<bool>() ?? true,
            },
            Optimizer = Optimizer(given["optimizer"]!),
            Schedule = Schedule(given["schedule"]!),
        };
    }

    private static OptimizerOptions Optimizer(JsonNode given) => new(Named<OptimizerName>(given))
    {
        LearningRate = Number(given, "learningRate"),
        Beta1 = Number(given, "beta1"),
        Beta2 = Number(given, "beta2"),
        Epsilon = Number(given, "epsilon"),
        WeightDecay = Number(given, "weightDecay"),
        Momentum = Number(given, "momentum"),
        Dampening = Number(given, "dampening"),
        Nesterov = given["nesterov"]?.GetValue<bool>(),
        Alpha = Number(given, "alpha"),
        Centered = given["centered"]?.GetValue<bool>(),
        Decay = Number(given, "decay"),
    };

    private static ScheduleOptions Schedule(JsonNode given) => new(Named<ScheduleName>(given))
    {
        WarmupSteps = given["warmupSteps"]?.GetValue<long>() ?? 0,
        TotalSteps = given["totalSteps"]?.GetValue<long>(),
        Minimum = Number(given, "minimum"),
        StartFactor = Number(given, "startFactor"),
        EndFactor = Number(given, "endFactor"),
        StepSize = given["stepSize"]?.GetValue<long>(),
        Gamma = Number(given, "gamma"),
        Maximum = Number(given, "maximum"),
        PctStart = Number(given, "pctStart"),
        DivFactor = Number(given, "divFactor"),
        FinalDivFactor = Number(given, "finalDivFactor"),
    };

    private static T Named<T>(JsonNode given)
        where T : struct, Enum => Enum.Parse<T>(given["name"]!.GetValue<string>(), ignoreCase: true);

    private static double? Number(JsonNode given, string name) => given[name]?.GetValue<double>();

    private static T[] Numbers<T>(JsonNode array, Func<JsonNode, T> read) => [.. array.AsArray().Select(value => read(value!))];

    private static Literal Value(JsonNode given, DType dtype)
    {
        var shape = Shape.Of(Numbers(given["shape"]!, extent => extent.GetValue<int>()));
        double[] values = Numbers(given["data"]!, value => value.GetValue<double>());
        return new Literal(Tensor.Of(values, shape).Converted(dtype), dtype);
    }
}
