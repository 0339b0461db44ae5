using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Damaged model files through the reader and the binder: either a rejection or a graph.</summary>
public class MutationTests
{
    private const int Mutants = 2000;
    private static readonly byte[] Huge = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];

    [Fact]
    public void A_damaged_file_is_refused_or_another_model()
    {
        byte[][] seeds = [.. Seeds().Select(model => ModelWriter.Write(model))];
        var random = new Random(1);
        int sound = 0;
        var watch = Stopwatch.StartNew();
        long before = GC.GetTotalAllocatedBytes();
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutated(seeds, random);
            sound += IsSound(mutant) ? 1 : 0;
        }

        sound.ShouldBeInRange(1, Mutants - 1);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Mutants * (1L << 20));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    private static bool IsSound(byte[] bytes)
    {
        try
        {
            GraphDefinition graph = new OnnxImporter(Models.Limits, HostExecutor.Evaluate).Import(bytes);
            CanonicalForm.Of(graph);
            var options = new BindingOptions
            {
                Evaluator = HostExecutor.Evaluate,
                HasValues = false,
                MaxElements = Models.Limits.MaxElements,
                Dimensions = graph.Inputs.SelectMany(input => input.Shape ?? []).Where(dim => dim.Symbol is not null).Select(dim => dim.Symbol!).Distinct().ToDictionary(name => name, _ => 2),
            };
            GraphBinder.Bind(TopologicalOrder.Of(graph), InputBinder.Bind(graph, new Dictionary<string, Literal>(), options), options);
            return true;
        }
        catch (Exception refused) when (refused is GraphException or LimitException)
        {
            return false;
        }
    }

    private static byte[] Mutated(byte[][] seeds, Random random)
    {
        byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
        for (int times = random.Next(1, 4); times > 0 && bytes.Length > 1; times--)
        {
            int place = random.Next(bytes.Length);
            byte[] other = seeds[random.Next(seeds.Length)];
            int start = random.Next(other.Length);
            switch (random.Next(5))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes = bytes[..place]; break;
                case 3: bytes = [.. bytes[..place], .. Huge, .. bytes[place..]]; break;
                default: bytes = [.. bytes[..place], .. other[start..random.Next(start, other.Length)], .. bytes[place..]]; break;
            }
        }

        return bytes;
    }

    private static OnnxGraph Body(OnnxValue[] inputs, string[] outputs, params OnnxNode[] nodes) =>
        new() { Name = "body", Inputs = inputs, Nodes = nodes, Outputs = [.. outputs.Select(name => new OnnxValue(name))] };

    private static IEnumerable<OnnxModel> Seeds()
    {
        OnnxModel model = Models.Of(
            12, Models.Node("a = Softmax(x)"), Models.Node("b = own:F(a, y)", OnnxAttribute.Of("slope", 0.5f)), Models.Node("s = Shape(b)"),
            Models.Node("c = Reshape(b, n)"), Models.Node("d = Gemm(c, w)", OnnxAttribute.Of("alpha", 2f)), Models.Node("e = Concat(d, d)", OnnxAttribute.Of("axis", 0L)),
            Models.Node("f = Expand(e, m)"), Models.Node("g = Constant()", OnnxAttribute.Of("value_ints", [1L, 0L])), Models.Node("h = Gather(f, g)"),
            Models.Node("i = Pad(h)", OnnxAttribute.Of("pads", [1L, 0L, 1L, 0L])), Models.Node("out = ReduceSum(i)", OnnxAttribute.Of("axes", [0L])));
        var function = new OnnxFunction
        {
            Name = "F",
            Domain = "own",
            Inputs = ["p", "q"],
            Outputs = ["r"],
            Attributes = ["slope"],
            Nodes = [Models.Node("t = LeakyRelu(p)", new OnnxAttribute("alpha", AttributeType.Float) { Reference = "slope" }), Models.Node("r = Add(t, q)")],
            OperatorSets = [new OperatorSet("", 12)],
        };
        yield return model with
        {
            OperatorSets = [.. model.OperatorSets, new OperatorSet("own", 1)],
            Functions = [function],
            Graph = model.Graph with
            {
                Initializers =
                [
                    OnnxTensor.Of("w", Tensor.Of(new float[6], Shape.Of(3, 2))), OnnxTensor.Of("n", Tensor.Vector(-1L, 3L)), OnnxTensor.Of("m", Tensor.Vector(4L, 2L)),
                ],
            },
        };
        OnnxModel gradient = Models.Of(
            17, Models.Node("p = Mul(x, y)"), Models.Node("l = ReduceSum(p)"),
            Models.Node("out = ai.onnx.preview.training:Gradient(x, y)", OnnxAttribute.Of("xs", ["x"]), OnnxAttribute.Of("zs", ["y"]), OnnxAttribute.Of("y", "l")));
        yield return gradient with { OperatorSets = [.. gradient.OperatorSets, new OperatorSet("ai.onnx.preview.training", 1)] };
        OnnxGraph body = Body([new OnnxValue("i", OnnxElementType.Int64, []), new OnnxValue("go", OnnxElementType.Bool, []), Models.Float("s")], ["go", "t"], Models.Node("t = Mul(s, x)"));
        yield return Models.Of(
            17, Models.Node("n = Constant()", OnnxAttribute.Of("value_int", 2L)), Models.Node("c = Constant()", OnnxAttribute.Of("value", OnnxTensor.Of("", Tensor.Scalar(true)))),
            Models.Node("z = Loop(n, , x)", OnnxAttribute.Of("body", body)),
            Models.Node("out = If(c)", OnnxAttribute.Of("then_branch", Body([], ["u"], Models.Node("u = Add(z, y)"))), OnnxAttribute.Of("else_branch", Body([], ["v"], Models.Node("v = Sub(z, y)")))));
    }
}
