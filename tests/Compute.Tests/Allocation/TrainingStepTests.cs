using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Shouldly;

namespace Backprop.Compute.Tests.Allocation;

/// <summary>What a step of training leaves for the garbage collector.</summary>
[Collection(AllocationGate.Alone)]
public class TrainingStepTests
{
    private const int WarmUps = 30;
    private const int Steps = 20;
    private const int Attempts = 10;

    [Theory]
    [InlineData(2, 16, 4, 8)]
    [InlineData(200, 300, 64, 256)]
    public void A_step_that_is_not_recorded_takes_less_than_a_kilobyte(int inputs, int hidden, int batch, int examples)
    {
        using TrainingLoop loop = Started(inputs, hidden, batch, examples);
        Advance(loop, WarmUps);
        Enumerable.Range(0, Attempts).Min(_ => Allocated(loop)).ShouldBeLessThan(1024);
    }

    private static long Allocated(TrainingLoop loop)
    {
        long before = GC.GetTotalAllocatedBytes(true);
        Advance(loop, Steps);
        return (GC.GetTotalAllocatedBytes(true) - before) / Steps;
    }

    private static void Advance(TrainingLoop loop, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            loop.Advance(CancellationToken.None).ShouldBeNull();
        }
    }

    private static TrainingLoop Started(int inputs, int hidden, int batch, int examples)
    {
        NodeDefinition Node(string name, string op, params string[] operands) => new(op, [.. operands.Select(operand => (Operand)operand)], NodeDefinition.NoAttributes, [name]);
        var graph = new GraphDefinition(
            [.. new[] { "x", "w1", "b1", "w2", "t" }.Select(name => new InputDefinition(name))], [],
            [Node("m", "MatMul", "x", "w1"), Node("z", "Add", "m", "b1"), Node("h", "Tanh", "z"), Node("y", "MatMul", "h", "w2"), Node("d", "Sub", "y", "t"),
                Node("s", "Mul", "d", "d"), Node("L", "ReduceMean", "s")],
            ["L"]);
        Literal Random(int seed, params int[] dims) => new(Nodes.Random(Nodes.F32(dims), seed), DType.Float32);
        var definition = new TrainingDefinition(graph)
        {
            Data = new Dictionary<string, Literal> { ["x"] = Random(1, examples, inputs), ["t"] = Random(2, examples, 1) },
            Parameters = new Dictionary<string, ParameterStart>
            {
                ["w1"] = new(Random(3, inputs, hidden)),
                ["b1"] = new(Random(4, hidden)),
                ["w2"] = new(Random(5, hidden, 1)),
            },
            DType = DType.Float32,
            Batches = new BatchOptions { Size = batch },
            Optimizer = new OptimizerOptions(OptimizerName.AdamW),
            Gradients = new GradientOptions { ClipNorm = 1 },
            Record = new RecordOptions(1_000_000),
            Steps = 1_000_000,
        };
        var trainer = Trainer.Compile(definition, new HostExecutor(new BufferPool(1 << 26)), new EngineLimits(), new TrainingLimits(), CancellationToken.None);
        return trainer.Continue(trainer.Initial());
    }
}
