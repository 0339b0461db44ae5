using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Export;
using Backprop.Testing.RandomGraphs;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx.Export;

/// <summary>Exported models that are imported again have the same results.</summary>
public class RoundTripTests
{
    private static readonly string[] Weights = ["w", "b"];

    public static TheoryData<string> Samples => OperatorSamples.Names;

    public static TheoryData<string> Optimizers => ["Adam", "Adagrad", "Momentum"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_operator(string name)
    {
        Sample sample = OperatorSamples.Find(name);
        Check(sample.Definition, sample.Inputs);
    }

    [Fact]
    public void Random_graphs_and_their_gradients()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var graph = new RandomGraph(5 + seed, seed);
            Check(graph.Definition, graph.Inputs);
            BoundGraph bound = Engine.Bind(graph.Definition, graph.Inputs);
            Check(GradientGraph.Of(bound, "f", [.. graph.Inputs.Keys], HostExecutor.Evaluate), graph.Inputs);
        }
    }

    [Fact]
    public void A_derivative_left_to_the_operator_is_the_expanded_one()
    {
        GraphDefinition left = GradientGraph.Unexpanded(Layer(), "L", Weights);
        GraphDefinition expanded = GradientGraph.Of(Engine.Bind(Layer(), Values()), "L", Weights, HostExecutor.Evaluate);
        Tensor[] derivative = Check(left, Values());
        foreach ((Tensor value, Tensor expected) in derivative.Zip(Run(expanded, Values())))
        {
            value.ShouldBeCloseInNorm(expected, 1e-14, "derivative");
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_step_of_training(string rule)
    {
        TrainingOptimizer optimizer = new[] { TrainingOptimizer.Adam, TrainingOptimizer.Adagrad, TrainingOptimizer.Momentum }.First(one => one.Operator == rule);
        GraphDefinition step = TrainingStep.Of(Layer(), "L", Weights, optimizer);
        Dictionary<string, Literal> values = Values();
        values["learning_rate"] = Literal.Of(0.1);
        values["step"] = Literal.Of(3L);
        foreach ((string parameter, string state) in Weights.SelectMany(parameter => optimizer.States.Select(state => (parameter, state))))
        {
            values[$"{parameter}/{state}"] = new Literal(SampleValues.Spread(0.1, 0.5, 1, values[parameter].Value.Shape.Dims.ToArray()));
        }

        Tensor[] moved = Check(step, values);
        double gradient = Run(GradientGraph.Of(Engine.Bind(Layer(), Values()), "L", Weights, HostExecutor.Evaluate), Values())[1][0];
        moved[2][0].ShouldBe(Moved(rule, values["b"].Value[0], gradient, values), 1e-12);
    }

    // The formulas in ONNX's documentation of the operators, with their defaults, for the single element of b.
    private static double Moved(string rule, double x, double g, IReadOnlyDictionary<string, Literal> values)
    {
        double State(string state) => values[$"b/{state}"].Value[0];
        switch (rule)
        {
            case "Adam":
                double v = (0.9 * State("v")) + (0.1 * g), h = (0.999 * State("h")) + (0.001 * g * g);
                double rate = 0.1 * Math.Sqrt(1 - Math.Pow(0.999, 3)) / (1 - Math.Pow(0.9, 3));
                return x - (rate * v / (Math.Sqrt(h) + 1e-6));
            case "Adagrad":
                return x - (0.1 * g / (Math.Sqrt(State("h") + (g * g)) + 1e-6));
            default:
                return x - (0.1 * ((0.9 * State("v")) + g));
        }
    }

    private static GraphDefinition Layer() => new ExpressionParser(["Tanh", "Square", "ReduceSum"]).Parse("L = sum(square(tanh(x*w + b)))");

    private static Dictionary<string, Literal> Values() => new()
    {
        ["x"] = new Literal(SampleValues.X(3)),
        ["w"] = new Literal(SampleValues.Y(3)),
        ["b"] = Literal.Of(0.25),
    };

    private static Tensor[] Check(GraphDefinition definition, IReadOnlyDictionary<string, Literal> inputs)
    {
        BoundGraph bound = Engine.Bind(definition, inputs);
        GraphDefinition again = new OnnxImporter(new OnnxLimits()).Import(ModelWriter.Write(OnnxExport.Of(bound, "graph")));
        again.Inputs.Select(input => input.Name).ShouldBe(definition.Inputs.Select(input => input.Name));
        Tensor[] expected = Run(definition, inputs);
        foreach ((int i, Tensor value) in Run(again, inputs).Index())
        {
            value.DType.ShouldBe(expected[i].DType);
            value.ShouldBeCloseInNorm(expected[i], 1e-12, definition.Outputs[i]);
        }

        return expected;
    }

    private static Tensor[] Run(GraphDefinition definition, IReadOnlyDictionary<string, Literal> inputs)
    {
        BoundGraph bound = Engine.Bind(definition, inputs);
        return Engine.RunPlan(bound.Graph, bound.Inputs.Tensors.ToArray());
    }
}
