using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

/// <summary>The bits of a result do not depend on the addresses of its operands and of the result itself.</summary>
public class PlacementTests
{
    private const int Count = 1003;
    private const int Places = 16;

    public static TheoryData<string, DType> Elementwise()
    {
        var cases = new TheoryData<string, DType>();
        foreach (string op in new[] { "Sqrt", "Exp", "Log", "Sin", "Cos", "Tan", "Tanh", "Erf", "Sigmoid", "Softplus", "Neg", "Round", "Expm1" })
        {
            cases.Add(op, DType.Float64);
            cases.Add(op, DType.Float32);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Functions_of_one_number(string op, DType dtype) =>
        ShouldNotDependOnPlace(op, Mixed(new TensorType(dtype, Shape.Of(Count))), new TensorType(dtype, Shape.Of(Count)));

    [Theory]
    [InlineData("ReduceSum", DType.Float64)]
    [InlineData("ReduceSum", DType.Float32)]
    [InlineData("ReduceLogSumExp", DType.Float64)]
    public void Reductions(string op, DType dtype) => ShouldNotDependOnPlace(
        op, Random(new TensorType(dtype, Shape.Of(Count)), 5), new TensorType(dtype, Shape.Scalar), ("axes", new[] { 0 }), ("keepdims", 0));

    [Fact]
    public void Softmax() => ShouldNotDependOnPlace("Softmax", Mixed(F64(Count)), F64(Count), ("axis", 0));

    private static void ShouldNotDependOnPlace(string op, Tensor x, TensorType type, params (string Name, AttributeValue Value)[] attributes)
    {
        Node node = Op(op, type, [Input(x.Type)], attributes);
        Tensor expected = HostExecutor.Evaluate(node, [x]);
        for (int place = 0; place < Places; place++)
        {
            var operand = new View(Tensor.Zeros(x.Type with { Shape = Shape.Of(Count + Places) }), place, x.Type);
            var result = new View(Tensor.Zeros(type with { Shape = Shape.Of(Count + Places) }), place / 2, type);
            Copy(x, operand);
            HostKernels.Of(op)(new KernelCall(node, [operand], result, CancellationToken.None));
            for (int i = 0; i < expected.Count; i++)
            {
                result.Memory[result.Offset + i].ShouldBe(expected[i], $"{op} at {place}, element {i}");
            }
        }
    }

    // Small and large numbers next to each other, for which functions may take different paths.
    private static Tensor Mixed(TensorType type)
    {
        Tensor x = Random(type, 7);
        for (int i = 0; i < x.Count; i += 3)
        {
            double value = x[i] * Math.Pow(10, (i % 13) - 4);
            if (type.DType == DType.Float64)
            {
                x.Values<double>()[i] = value;
            }
            else
            {
                x.Values<float>()[i] = (float)value;
            }
        }

        return x;
    }

    private static void Copy(Tensor x, View to)
    {
        if (x.DType == DType.Float64)
        {
            x.Values<double>().CopyTo(to.Values<double>());
        }
        else
        {
            x.Values<float>().CopyTo(to.Values<float>());
        }
    }
}
