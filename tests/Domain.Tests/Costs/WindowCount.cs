using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of convolutions and poolings, only from shapes and attributes.</summary>
internal sealed class WindowCount(Sample sample, Shape result)
{
    private long N => result.Count;

    private Shape X => sample.Arguments[0].Input!.Shape;

    private Shape W => sample.Arguments[1].Input!.Shape;

    private int Spatial => X.Rank - 2;

    public long Expected() => sample.Operator switch
    {
        "Conv" => (2 * N * W.CountOf(1, W.Rank)) + Bias,
        "ConvTranspose" => Transposed() + Bias,
        "ArgMaxPool" => N * Taps,
        "MaxPool" => (N * Taps) + (sample.Outputs.Count > 1 ? Indices() : 0),
        "AveragePool" => Sums() + N,
        "LpPool" when Number("p", 2) == 2 => (2 * Sums()) + Roots(),
        _ => ((Number("p", 2) > 2 ? 2 : 1) * X.Count) + Sums() + (Number("p", 2) > 1 ? 2 * N : 0),
    };

    private long Bias => sample.Arguments.Count > 2 ? N : 0;

    private long Taps => Ints("kernel_shape", 1).Aggregate(1L, (taps, size) => taps * size);

    // Every element of the whole result has one product per position of the kernel; with strides the products are computed first and summed axis by
    // axis.
    private long Transposed()
    {
        int[] strides = Ints("strides", 1), dilations = Ints("dilations", 1);
        long group = Number("group", 1), channels = group * W[1];
        long[] whole = [.. strides.Select((stride, i) => ((X[2 + i] - 1L) * stride) + ((W[2 + i] - 1) * dilations[i]) + 1)];
        if (strides.All(stride => stride == 1))
        {
            return 2 * X[0] * channels * whole.Aggregate(1L, (n, extent) => n * extent) * (W.Count / channels);
        }

        long flops = 2 * X.Count * W.CountOf(1, W.Rank);
        long before = X[0] * channels * X.CountOf(2, X.Rank) * W.CountOf(2, W.Rank);
        for (int i = Spatial - 1; i >= 0; i--)
        {
            bool moves = W[2 + i] > 1 || strides[i] > 1;
            flops += moves ? before : 0;
            before = before / (X[2 + i] * W[2 + i]) * whole[i];
        }

        return flops;
    }

    private long Sums()
    {
        (long flops, long elements) = (0, X.Count);
        int[] kernel = Ints("kernel_shape", 1), begins = Begins();
        for (int i = 0; i < Spatial; i++)
        {
            elements = elements / X[2 + i] * Padded(i, kernel[i], begins[i]);
        }

        for (int i = Spatial - 1; i >= 0; i--)
        {
            flops += elements / Padded(i, kernel[i], begins[i]) * result[2 + i] * kernel[i];
            elements = elements / Padded(i, kernel[i], begins[i]) * result[2 + i];
        }

        return flops;
    }

    // One for each norm along one axis.
    private long Roots()
    {
        (long roots, long elements) = (0, X.Count);
        int[] kernel = Ints("kernel_shape", 1), begins = Begins();
        for (int i = 0; i < Spatial; i++)
        {
            elements = elements / X[2 + i] * Padded(i, kernel[i], begins[i]);
        }

        for (int i = Spatial - 1; i >= 0; i--)
        {
            elements = elements / Padded(i, kernel[i], begins[i]) * result[2 + i];
            roots += elements;
        }

        return roots;
    }

    // Up to the end of the last window, if that is beyond the last element.
    private long Padded(int axis, int size, int begin) =>
        Math.Max(X[2 + axis] + begin, ((result[2 + axis] - 1L) * Ints("strides", 1)[axis]) + ((size - 1L) * Ints("dilations", 1)[axis]) + 1);

    private int[] Begins()
    {
        if (!sample.Attributes.TryGetValue("auto_pad", out AttributeValue? value) || value.Texts![0] == "NOTSET")
        {
            return Ints("pads", 0);
        }

        int[] kernel = Ints("kernel_shape", 1), strides = Ints("strides", 1);
        return [.. kernel.Select((size, i) => Math.Max(((result[2 + i] - 1) * strides[i]) + size - X[2 + i], 0))
            .Select(border => value.Texts[0] == "SAME_UPPER" ? border / 2 : value.Texts[0] == "VALID" ? 0 : border - (border / 2))];
    }

    private long Indices() => N + (X[0] * X[1]) + (Number("storage_order", 0) == 1 ? ((4 * Spatial) - 1) * N : 0);

    private long Number(string name, long otherwise) => sample.Attributes.TryGetValue(name, out AttributeValue? value) ? (long)value.Numbers!.Value[0] : otherwise;

    private int[] Ints(string name, int otherwise) => sample.Attributes.TryGetValue(name, out AttributeValue? value)
        ? [.. value.Numbers!.Value.ToIntegers().Select(number => (int)number)]
        : [.. Enumerable.Repeat(otherwise, Spatial)];
}
