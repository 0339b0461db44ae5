using Backprop.Domain.Graphs;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class IndexingTests
{
    private static readonly Tensor Matrix = Tensor.Vector(1.0, 2, 3, 4, 5, 6).Reshaped(Shape.Of(3, 2));

    [Fact]
    public void Gather_takes_slices()
    {
        Eval("Gather", F64(2, 2), [Matrix, Tensor.Vector(-1L, 0)], ("axis", 0L)).Doubles().ShouldBe([5, 6, 1, 2]);
        Eval("Gather", F64(3), [Matrix, Tensor.Scalar(1L)], ("axis", 1L)).Doubles().ShouldBe([2, 4, 6]);
        Eval("Gather", F64(3, 1, 2), [Matrix, Tensor.Vector(1L, 1).Reshaped(Shape.Of(1, 2))], ("axis", 1L)).Doubles().ShouldBe([2, 2, 4, 4, 6, 6]);
        Eval("Gather", F64(0, 2), [Matrix, Tensor.Zeros(I64(0))], ("axis", 0L)).Count.ShouldBe(0);
        Eval("Gather", Bits(1), [Tensor.Vector(false, true), Tensor.Vector(1L)], ("axis", 0L)).Doubles().ShouldBe([1]);
    }

    [Fact]
    public void Gather_elements_takes_single_ones()
    {
        Tensor rows = Tensor.Vector(2L, 0, -3, 1).Reshaped(Shape.Of(2, 2));
        Eval("GatherElements", F64(2, 2), [Matrix, rows], ("axis", 0L)).Doubles().ShouldBe([5, 2, 1, 4]);
        Tensor columns = Tensor.Vector(1L, 0, -1).Reshaped(Shape.Of(3, 1));
        Eval("GatherElements", F64(3, 1), [Matrix, columns], ("axis", 1L)).Doubles().ShouldBe([2, 3, 6]);
    }

    [Fact]
    public void Gather_nd_takes_what_tuples_name()
    {
        Tensor tuples = Tensor.Vector(0L, 1, -1, 0).Reshaped(Shape.Of(2, 2));
        Eval("GatherND", F64(2), [Matrix, tuples], ("batch_dims", 0L)).Doubles().ShouldBe([2, 5]);
        Eval("GatherND", F64(1, 2), [Matrix, Tensor.Vector(1L).Reshaped(Shape.Of(1, 1))], ("batch_dims", 0L)).Doubles().ShouldBe([3, 4]);
        Eval("GatherND", F64(3), [Matrix, Tensor.Vector(1L, 0, 1).Reshaped(Shape.Of(3, 1))], ("batch_dims", 1L)).Doubles().ShouldBe([2, 3, 6]);
    }

    [Theory]
    [InlineData("none", new double[] { 10, 3, 20 })]
    [InlineData("add", new double[] { 11, 3, 52 })]
    [InlineData("mul", new double[] { 10, 3, 1200 })]
    [InlineData("max", new double[] { 10, 3, 30 })]
    [InlineData("min", new double[] { 1, 3, 2 })]
    public void Scatter_applies_updates_in_order(string reduction, double[] expected)
    {
        Tensor data = Tensor.Vector(1.0, 3, 2), indices = Tensor.Vector(0L, 2, -1), updates = Tensor.Vector(10.0, 30, 20);
        Eval("ScatterElements", F64(3), [data, indices, updates], ("axis", 0L), ("reduction", reduction)).Doubles().ShouldBe(expected);
        Tensor tuples = indices.Reshaped(Shape.Of(3, 1));
        Eval("ScatterND", F64(3), [data, tuples, updates], ("reduction", reduction)).Doubles().ShouldBe(expected);
        data.Doubles().ShouldBe([1, 3, 2]);
    }

    [Fact]
    public void Scatter_walks_the_axis_given()
    {
        Tensor columns = Tensor.Vector(1L, 0, 1).Reshaped(Shape.Of(3, 1)), updates = Tensor.Vector(10.0, 20, 30).Reshaped(Shape.Of(3, 1));
        Eval("ScatterElements", F64(3, 2), [Matrix, columns, updates], ("axis", 1L), ("reduction", "add")).Doubles().ShouldBe([1, 12, 23, 4, 5, 36]);
        Tensor rows = Tensor.Vector(1L, 1, 0, 2).Reshaped(Shape.Of(2, 2)), four = Tensor.Vector(10.0, 20, 30, 40).Reshaped(Shape.Of(2, 2));
        Eval("ScatterElements", F64(3, 2), [Matrix, rows, four], ("axis", 0L), ("reduction", "none")).Doubles().ShouldBe([30, 2, 10, 20, 5, 40]);
        Tensor slices = Tensor.Vector(2L, 2).Reshaped(Shape.Of(2, 1));
        Eval("ScatterND", F64(3, 2), [Matrix, slices, four], ("reduction", "add")).Doubles().ShouldBe([1, 2, 3, 4, 45, 66]);
        Eval("ScatterND", Bits(2), [Tensor.Vector(false, false), Tensor.Vector(1L).Reshaped(Shape.Of(1, 1)), Tensor.Vector(true)], ("reduction", "none"))
            .Doubles().ShouldBe([0, 1]);
    }

    // Lines of 37 elements: an index may count from either end, and may repeat.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(90)]
    public void Elements_of_lines_are_gathered_and_scattered(int count)
    {
        Tensor data = Random(F32(40, 60, 37), 1), updates = Random(F32(40, 60, count), 2), indices = Tensor.Zeros(I64(40, 60, count));
        float[] gathered = new float[indices.Count], scattered = data.Values<float>().ToArray();
        for (int i = 0; i < indices.Count; i++)
        {
            int place = i * 31 % 37, line = i / count * 37;
            indices.Values<long>()[i] = i % 3 == 0 ? place - 37 : place;
            gathered[i] = data.Values<float>()[line + place];
            scattered[line + place] += updates.Values<float>()[i];
        }

        Eval("GatherElements", updates.Type, [data, indices], ("axis", 2L)).Values<float>().ToArray().ShouldBe(gathered);
        Eval("ScatterElements", data.Type, [data, indices, updates], ("axis", 2L), ("reduction", "add")).Values<float>().ToArray().ShouldBe(scattered);
    }

    // The axes after the indexed one may be longer in the data than in the indices.
    [Fact]
    public void Elements_of_the_first_columns_alone()
    {
        Tensor rows = Tensor.Vector(2L, 0, -2).Reshaped(Shape.Of(3, 1)), updates = Tensor.Vector(10.0, 20, 30).Reshaped(Shape.Of(3, 1));
        Eval("GatherElements", F64(3, 1), [Matrix, rows], ("axis", 0L)).Doubles().ShouldBe([5, 1, 3]);
        Eval("ScatterElements", F64(3, 2), [Matrix, rows, updates], ("axis", 0L), ("reduction", "none")).Doubles().ShouldBe([20, 2, 30, 4, 10, 6]);
    }

    [Theory]
    [InlineData("Gather", 3L)]
    [InlineData("Gather", -4L)]
    [InlineData("GatherElements", 3L)]
    [InlineData("ScatterElements", long.MinValue)]
    [InlineData("ScatterND", 7L)]
    [InlineData("GatherND", 7L)]
    public void An_index_out_of_range_is_named(string op, long index)
    {
        Tensor data = Tensor.Vector(1.0, 2, 3), indices = Tensor.Vector(0L, index);
        indices = op.EndsWith("ND", StringComparison.Ordinal) ? indices.Reshaped(Shape.Of(2, 1)) : indices;
        Tensor[] operands = op.StartsWith("Scatter", StringComparison.Ordinal) ? [data, indices, Tensor.Vector(1.0, 2)] : [data, indices];
        var thrown = Should.Throw<GraphException>(() => Eval(
            op, F64(operands.Length == 3 ? 3 : 2), operands, ("axis", 0L), ("batch_dims", 0L), ("reduction", "none")));
        thrown.Message.ShouldContain($"index {index} at position [1");
        thrown.Message.ShouldContain("[-3, 2]");
    }
}
