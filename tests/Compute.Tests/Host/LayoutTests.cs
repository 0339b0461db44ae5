using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using CsCheck;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class LayoutTests
{
    private static readonly Gen<int[]> Dims = Gen.Frequency((1, Gen.Int[0, 1]), (6, Gen.Int[1, 5])).Array[0, 4];

    [Fact]
    public void Transpose_moves_every_element() =>
        (from dims in Dims from perm in Gen.Shuffle(Enumerable.Range(0, dims.Length).ToArray()) select (dims, perm)).Sample(
            test => ForAllTypes(test.dims, x => Check(
                "Transpose",
                x,
                [.. test.perm.Select(axis => test.dims[axis])],
                index => [.. Enumerable.Range(0, index.Length).Select(axis => index[Array.IndexOf(test.perm, axis)])],
                ("perm", test.perm))),
            iter: 50,
            threads: 1);

    [Theory]
    [InlineData(new[] { 500, 300 }, new[] { 1, 0 })]
    [InlineData(new[] { 3, 170, 190 }, new[] { 0, 2, 1 })]
    [InlineData(new[] { 40, 50, 60 }, new[] { 2, 0, 1 })]
    [InlineData(new[] { 40, 50, 60 }, new[] { 2, 1, 0 })]
    public void Large_transposes_are_split(int[] dims, int[] perm) => Check(
        "Transpose",
        Random(F64(dims), 1),
        [.. perm.Select(axis => dims[axis])],
        index => [.. Enumerable.Range(0, index.Length).Select(axis => index[Array.IndexOf(perm, axis)])],
        ("perm", perm));

    [Fact]
    public void Slices_step_both_ways() => (
        from dims in Dims
        from steps in Gen.Int[0, 4].Select(i => new[] { -2, -1, 1, 2, 3 }[i]).Array[dims.Length]
        from fractions in Gen.Double[0, 0.999].Array[dims.Length]
        select (dims, steps, fractions)).Sample(
            test =>
            {
                int[] starts = [.. test.dims.Select((d, i) => (int)(d * test.fractions[i]))];
                int[] extents = [.. test.dims.Select((d, i) => d == 0 ? 0 : test.steps[i] > 0 ? ((d - 1 - starts[i]) / test.steps[i]) + 1 : (starts[i] / -test.steps[i]) + 1)];
                ForAllTypes(test.dims, x => Check(
                    "Slice", x, extents, index => [.. index.Select((v, i) => starts[i] + (v * test.steps[i]))], ("starts", starts), ("steps", test.steps)));
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void Expand_repeats() => (from dims in Dims from ones in Gen.Bool.Array[4] from drop in Gen.Int[0, dims.Length] select (dims, ones, drop)).Sample(
        test =>
        {
            int[] from = [.. test.dims.Select((d, i) => test.ones[i] ? 1 : d).Skip(test.drop)];
            ForAllTypes(from, x => Check("Expand", x, test.dims, index => [.. index.Skip(test.drop).Select((v, i) => from[i] == 1 ? 0 : v)]));
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void Concat_puts_one_after_the_other()
    {
        Tensor a = Random(F64(2, 1, 3), 1), b = Random(F64(2, 0, 3), 2), c = Random(F64(2, 2, 3), 3);
        Tensor joined = Eval("Concat", F64(2, 3, 3), [a, b, c], ("axis", 1L));
        joined.Doubles().ShouldBe([.. a.Doubles()[..3], .. c.Doubles()[..6], .. a.Doubles()[3..], .. c.Doubles()[6..]]);
        Eval("Concat", Bits(3), [Tensor.Vector(true), Tensor.Vector(false, true)], ("axis", 0L)).Doubles().ShouldBe([1, 0, 1]);
    }

    [Fact]
    public void Pad_surrounds()
    {
        Tensor x = Tensor.Vector(1L, 2, 3, 4).Reshaped(Shape.Of(2, 2));
        Eval("Pad", I64(3, 5), [x, Tensor.Scalar(9L)], ("pads", new[] { 1, 0, 0, 3 })).ToIntegers()
            .ShouldBe([9, 9, 9, 9, 9, 1, 2, 9, 9, 9, 3, 4, 9, 9, 9]);
        Eval("Pad", F32(2), [Tensor.Zeros(F32(0)), Tensor.Scalar(1f)], ("pads", new[] { 1, 1 })).Doubles().ShouldBe([1, 1]);
        Eval("Pad", F64(), [Tensor.Scalar(3.0), Tensor.Scalar(1.0)], ("pads", Array.Empty<int>())).Doubles().ShouldBe([3]);
        Tensor large = Random(F64(400, 500), 1);
        Tensor padded = Eval("Pad", F64(402, 501), [large, Tensor.Scalar(7.0)], ("pads", new[] { 1, 1, 1, 0 }));
        padded[0].ShouldBe(7);
        padded[(17 * 501) + 33].ShouldBe(large[(16 * 500) + 32]);
    }

    [Fact]
    public void Pad_surrounds_every_element() => (
        from dims in Dims
        from pads in Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 3])).Array[8]
        select (dims, pads: pads[..(2 * dims.Length)])).Sample(test => ForAllTypes(test.dims, x => CheckPad(x, test.pads)), iter: 200, threads: 1);

    // Rows shorter and longer than a vector, and long ones; padding of other axes; enough rows for several threads.
    [Theory]
    [InlineData(new[] { 3, 4 }, new[] { 0, 1, 1, 0, 1, 1 }, 1, 70)]
    [InlineData(new[] { 2, 90 }, new[] { 1, 2, 0, 0, 0, 3 }, 126, 130)]
    [InlineData(new[] { 40, 70 }, new[] { 0, 1, 1, 0, 1, 1 }, 31, 33)]
    [InlineData(new[] { 3, 200 }, new[] { 1, 0, 0, 1, 0, 0 }, 190, 191)]
    public void Pad_surrounds_rows_of_every_width(int[] dims, int[] pads, int narrowest, int widest)
    {
        for (int width = narrowest; width <= widest; width++)
        {
            CheckPad(Random(F32([.. dims, width]), width), pads);
        }
    }

    [Fact]
    public void Aliases_show_the_same_elements()
    {
        Tensor x = Random(F64(2, 3), 1);
        Eval("Reshape", F64(3, 2), [x]).Doubles().ShouldBe(x.Doubles());
        Eval("Identity", F64(2, 3), [x]).Doubles().ShouldBe(x.Doubles());
        Eval("StopGradient", F64(2, 3), [x]).Doubles().ShouldBe(x.Doubles());
    }

    private static void CheckPad(Tensor x, int[] pads)
    {
        int rank = x.Shape.Rank;
        Tensor border = Random(new(x.DType, Shape.Scalar), 9);
        Tensor padded = Eval("Pad", new(x.DType, Shape.Of([.. x.Shape.Dims.ToArray().Select((d, i) => d + pads[i] + pads[rank + i])])), [x, border], ("pads", pads));
        for (int i = 0; i < padded.Count; i++)
        {
            int[] from = [.. padded.Shape.IndexOf(i).Select((v, axis) => v - pads[axis])];
            bool isInside = !from.Where((v, axis) => v < 0 || v >= x.Shape[axis]).Any();
            if (padded[i] != (isInside ? x[Position(x.Shape, from)] : border[0]))
            {
                throw new ShouldAssertException($"Pad {x.Shape} to {padded.Shape}: wrong at {i}");
            }
        }
    }

    private static void ForAllTypes(int[] dims, Action<Tensor> check)
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            check(Random(new(dtype, Shape.Of(dims)), 6));
        }
    }

    private static void Check(string op, Tensor x, int[] dims, Func<int[], int[]> source, params (string Name, AttributeValue Value)[] attributes)
    {
        Tensor result = Eval(op, new(x.DType, Shape.Of(dims)), [x], attributes);
        for (int i = 0; i < result.Count; i++)
        {
            int[] from = source(result.Shape.IndexOf(i));
            if (result[i] != x[Position(x.Shape, from)])
            {
                throw new ShouldAssertException($"{op} {x.Shape} to {result.Shape}: [{string.Join(',', from)}] is not at {i}");
            }
        }
    }
}
