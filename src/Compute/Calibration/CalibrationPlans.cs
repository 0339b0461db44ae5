using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Calibration;

/// <summary>The small plans whose times give the rates of a machine; each has one input.</summary>
/// <param name="target">What they are compiled for.</param>
internal sealed class CalibrationPlans(PlanTarget target)
{
    /// <summary>Elementwise operations, each on the result of the previous one.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="count">The elements.</param>
    /// <param name="length">The operations.</param>
    /// <param name="step">Makes one from the previous one and the input.</param>
    public Plan Chain(DType dtype, int count, int length, Func<GraphBuilder, Node, Node, Node> step) =>
        Of(new TensorType(dtype, Shape.Of(count)), (b, x) =>
        {
            Node y = x;
            for (int i = 0; i < length; i++)
            {
                y = step(b, y, x);
            }

            return y;
        });

    /// <summary>Chains of operations on numbers that do not wait for one another.</summary>
    /// <param name="width">The chains.</param>
    /// <param name="length">The operations of each.</param>
    /// <param name="step">Makes one.</param>
    public Plan Chains(int width, int length, Func<GraphBuilder, Node, Node, Node> step) =>
        Of(new TensorType(DType.Float64, Shape.Scalar), (b, x) =>
        {
            Node[] ends = [.. Enumerable.Range(0, width).Select(i => b.Plus(x, i))];
            for (int i = 0; i < length; i++)
            {
                for (int chain = 0; chain < width; chain++)
                {
                    ends[chain] = step(b, ends[chain], x);
                }
            }

            return ends.Aggregate(b.Add);
        });

    /// <summary>A square matrix times itself.</summary>
    public Plan Square(DType dtype, int side) => Of(new TensorType(dtype, Shape.Of(side, side)), (b, x) => b.MatMul(x, x));

    /// <summary>Every element, picked by its index.</summary>
    public Plan Picked(DType dtype, int count) => Of(new TensorType(dtype, Shape.Of(count)), (b, x) => b.GatherElements(x, b.Iota(count), 0));

    private Plan Of(TensorType type, Func<GraphBuilder, Node, Node> output)
    {
        var b = new GraphBuilder();
        Node input = b.Input("x", type);
        return Plan.Compile(new Graph([input], [new NamedNode("y", output(b, input))]), target);
    }
}
