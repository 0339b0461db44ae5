using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// Signals: Fourier transforms as products with their matrix, windows, and the mel scale. Complex numbers have a last axis of extent two.
/// </summary>
internal static class SignalRows
{
    private const string Constant = "none: the result is constant";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("DFT", "input:F dft_length:I?. axis:I?.", "inverse:int=0 onesided:int=0", "the transposed transform of g",
            "4 × elements that are transformed × frequencies", Dft),
        Row("STFT", "signal:F frame_step:I. window:F? frame_length:I?.", "onesided:int=1", "the transposed transform of g, frames summed",
            "4 × elements of all frames × frequencies, + elements of all frames with a window, "
            + "+ frames × (frame length + 1) for the positions", Stft),
        Window("HannWindow", (0.5, 0.5, 0)),
        Window("HammingWindow", (25.0 / 46, 21.0 / 46, 0)),
        Window("BlackmanWindow", (0.42, 0.5, 0.08)),
        Row("MelWeightMatrix", "num_mel_bins:I. dft_length:I. sample_rate:I. lower_edge_hertz:F'= upper_edge_hertz:F'=", "output_datatype:int",
            Constant, "0", MelWeightMatrix),
    ];

    private static Node Dft(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        int axis = ReductionBuilding.Axis(c.Static("axis", -2), shape.Rank);
        if (axis == shape.Rank - 1)
        {
            throw new InvalidOperandException($"axis {axis} of {shape} holds the real and imaginary parts of the numbers", 2);
        }

        long length = c.Static("dft_length", shape[axis]);
        Node x = c.B.MoveAxis(c.X, axis, shape.Rank - 2);
        return c.B.MoveAxis(Transformed(c, Fitted(c.B, x, length), c.Flag("inverse")), shape.Rank - 2, axis);
    }

    // A signal [batch, length] or [batch, length, parts], cut into frames, each of which is transformed.
    private static Node Stft(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node signal = c.X.Shape.Rank == 2 ? b.Reshape(c.X, Shape.Of([.. c.X.Shape.Dims, 1])) : c.X;
        Node? window = c.Optional(2);
        long step = c.RequiredStatic("frame_step");
        long length = c.Static("frame_length", window?.Shape.Rank == 1 ? window.Shape[0] : 0);
        bool fits = signal.Shape.Rank == 3 && step > 0 && length > 0 && length <= signal.Shape[1]
            && (window is null || window.Shape.Equals(Shape.Of((int)length)));
        if (!fits)
        {
            throw new InvalidOperandException($"a signal of shape {c.X.Shape}, frames of {length} every {step} and a window of shape " +
                $"{window?.Shape} do not fit");
        }

        int frames = (int)(((signal.Shape[1] - length) / step) + 1);
        Node starts = b.Times(b.Iota(frames), step);
        Node places = b.Add(b.Reshape(starts, Shape.Of(frames, 1)), b.Iota((int)length));
        Node cut = b.Gather(signal, places, 1);
        cut = window is null ? cut : b.Mul(cut, b.Reshape(window, Shape.Of((int)length, 1)));
        return Transformed(c, cut, false);
    }

    private static Node Fitted(GraphBuilder b, Node x, long length)
    {
        int axis = x.Shape.Rank - 2, wanted = OperatorCall.ToInt("dft_length", length);
        if (wanted <= 0)
        {
            throw new InvalidOperandException($"dft_length is {length}", 1);
        }

        if (wanted <= x.Shape[axis])
        {
            return b.SliceAxis(x, axis, 0, wanted);
        }

        var ends = new int[x.Shape.Rank];
        ends[axis] = wanted - x.Shape[axis];
        return b.Pad(x, new int[ends.Length], ends);
    }

    // [..., n, parts] to [..., frequencies, 2] by one product: e^(∓2πi·jk/n) has the parts (cos, ∓sin), and i times it (±sin, cos).
    private static Node Transformed(OperatorCall c, Node x, bool inverse)
    {
        int rank = x.Shape.Rank;
        (int n, int parts) = (x.Shape[rank - 2], x.Shape[rank - 1]);
        bool half = c.Flag("onesided");
        if (parts is not (1 or 2) || (half && (inverse || parts == 2)))
        {
            throw new InvalidOperandException($"a value of shape {x.Shape} with onesided {half}: the last axis must hold one part or two, and a " +
                $"one-sided transform takes only real numbers", 0);
        }

        int frequencies = half ? (n / 2) + 1 : n;
        double turn = (inverse ? 2 : -2) * Math.PI / n, scale = inverse ? 1.0 / n : 1;
        Node matrix = c.B.Tabulated(new TensorType(x.DType, Extents.ToShape([(long)n * parts, 2L * frequencies])), i =>
        {
            (int from, int to) = (i / (2 * frequencies), i % (2 * frequencies));
            double angle = turn * ((long)(from / parts) * (to / 2) % n);
            return scale * ((from % parts) == (to % 2) ? Math.Cos(angle) : from % parts == 0 ? Math.Sin(angle) : -Math.Sin(angle));
        });
        Shape lead = Shape.Of(x.Shape.Dims[..^2]);
        Node flat = c.B.Reshape(x, Shape.Of([.. lead.Dims, n * parts]));
        return c.B.Reshape(c.B.MatMul(flat, matrix), Shape.Of([.. lead.Dims, frequencies, 2]));
    }

    // a0 − a1·cos(2πi/N) + a2·cos(4πi/N) (Harris, On the use of windows for harmonic analysis, 1978), where N is one less for a symmetric window.
    private static Operator Window(string name, (double A0, double A1, double A2) a) =>
        Row(name, "size:I.", "output_datatype:int periodic:int=1", Constant, "0", c =>
        {
            int size = OperatorCall.ToInt("size", c.RequiredStatic("size")) is int given and >= 0 ? given
                : throw new InvalidOperandException("size is negative", 0);
            double turn = 2 * Math.PI / Math.Max(c.Flag("periodic") ? size : size - 1, 1);
            return c.B.Tabulated(
                new TensorType(c.ElementType("output_datatype") ?? c.DefaultDType, Shape.Of(size)),
                i => a.A0 - (a.A1 * Math.Cos(turn * i)) + (a.A2 * Math.Cos(2 * turn * i)));
        });

    // Triangles between bins that are spaced evenly on the mel scale, 2595·log10(1 + f/700) (O'Shaughnessy, Speech communication, 1987).
    private static Node MelWeightMatrix(OperatorCall c)
    {
        int bands = OperatorCall.ToInt("num_mel_bins", c.RequiredStatic("num_mel_bins")),
            length = OperatorCall.ToInt("dft_length", c.RequiredStatic("dft_length"));
        long rate = c.RequiredStatic("sample_rate");
        (double low, double high) = (Mel(c.KnownNumber(3)), Mel(c.KnownNumber(4)));
        var type = new TensorType(c.ElementType("output_datatype") ?? c.DefaultDType, Extents.ToShape([(length / 2) + 1, bands]));
        return rate > 0 && length > 0
            ? c.B.Tabulated(type, i => Weight(i / bands, Edge(i % bands), Edge((i % bands) + 1), Edge((i % bands) + 2)))
            : throw new InvalidOperandException($"sample_rate is {rate} and dft_length {length}; both must be positive");

        static double Mel(double frequency) => 2595 * Math.Log10(1 + (frequency / 700));

        double Edge(int band) => Math.Floor((length + 1) * 700 * (Math.Pow(10, (low + (band * (high - low) / (bands + 2))) / 2595) - 1) / rate);

        static double Weight(int bin, double left, double centre, double right) =>
            bin < left || bin > right ? 0
            : bin <= centre ? centre == left ? bin == centre ? 1 : 0 : (bin - left) / (centre - left)
            : (right - bin) / (right - centre);
    }
}
