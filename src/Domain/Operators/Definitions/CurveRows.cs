using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Functions given by points or coefficients, and convolutions of sequences, as in NumPy.</summary>
internal static class CurveRows
{
    private const int MostCoefficients = 1000;
    private const string Search = "7 for each step of the search, 1 + log₂ of the points, + 1";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("SearchSorted", "sorted:F values:F", "right:int=0", "none: the result is positions", $"{Search}, per value", c =>
            Searched(c.B, c[0], c[1], c.Flag("right"))),
        Row("Interp", "x:F xp:F fp:F", "", "x: the slope of the piece, at a knot that of the next piece, 0 outside; fp: the weights; " +
            "xp: by the quotient", $"n × ({Search}, + 12)", Interp),
        Row("Polyval", "p:F x:F", "", "x: the derivative of the polynomial; p: the powers of x", "2n for each coefficient but one", Polyval),
        Row("Convolve", "a:F v:F", "mode:string=full", "each operand: g correlated with the other", "2n × extent of the shorter", c =>
            Convolved(c, c[0], c[1])),
        Row("Correlate", "a:F v:F", "mode:string=valid", "a: g convolved with v; v: a correlated with g", "2n × extent of the shorter", c =>
            Convolved(c, c[0], Reversed(c.B, c[1]))),
    ];

    // How many of the sorted numbers are before each value, by bisection; NaN is after all.
    private static Node Searched(GraphBuilder b, Node sorted, Node values, bool isRight)
    {
        RequireVector(sorted, 0);
        int count = sorted.Shape[0];
        Node place = b.Full(new TensorType(DType.Int64, values.Shape), 0), all = b.Scalar(count, DType.Int64), isNone = b.IsNaN(values);
        for (int step = count == 0 ? 0 : 1 << int.Log2(count); step > 0; step /= 2)
        {
            Node next = b.Add(place, b.Scalar(step, DType.Int64));
            Node last = b.Sub(b.Min(next, all), b.Scalar(1, DType.Int64)), number = b.Gather(sorted, last, 0);
            Node isBefore = b.Or(isRight ? b.LessOrEqual(number, values) : b.Less(number, values), isNone);
            place = b.Where(b.And(isBefore, b.LessOrEqual(next, all)), next, place);
        }

        return place;
    }

    private static Node Interp(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (Node x, Node xp, Node fp) = (c[0], c[1], c[2]);
        RequireVector(xp, 1);
        int count = xp.Shape[0];
        if (count < 2 || !fp.Shape.Equals(xp.Shape))
        {
            throw new InvalidOperandException($"xp of shape {xp.Shape} and fp of shape {fp.Shape}: expected equally many numbers, at least two", 2);
        }

        Node one = b.Scalar(1, DType.Int64);
        Node place = b.Max(b.Min(b.Sub(Searched(b, xp, x, true), one), b.Scalar(count - 2, DType.Int64)), b.Scalar(0, DType.Int64)),
            next = b.Add(place, one);
        Node left = b.Gather(xp, place, 0), low = b.Gather(fp, place, 0);
        Node part = b.Div(b.Sub(x, left), b.Sub(b.Gather(xp, next, 0), left));
        Node inside = b.Add(low, b.Mul(part, b.Sub(b.Gather(fp, next, 0), low)));
        return b.Where(b.Less(x, End(xp, 0)), End(fp, 0), b.Where(b.GreaterOrEqual(x, End(xp, count - 1)), End(fp, count - 1), inside));

        Node End(Node points, int index) => b.Reshape(b.SliceAxis(points, 0, index, 1), Shape.Scalar);
    }

    // Horner's scheme, the coefficient of the highest power first.
    private static Node Polyval(OperatorCall c)
    {
        GraphBuilder b = c.B;
        RequireVector(c[0], 0);
        int count = c[0].Shape[0];
        if (count is 0 or > MostCoefficients)
        {
            throw new InvalidOperandException($"{count} coefficients: from 1 to {MostCoefficients} are expected", 0);
        }

        Node y = Coefficient(0);
        for (int i = 1; i < count; i++)
        {
            y = b.Add(b.Mul(y, c[1]), Coefficient(i));
        }

        return b.Expand(y, c[1].Shape);

        Node Coefficient(int i) => b.Reshape(b.SliceAxis(c[0], 0, i, 1), Shape.Scalar);
    }

    private static Node Convolved(OperatorCall c, Node a, Node v)
    {
        GraphBuilder b = c.B;
        RequireVector(a, 0);
        RequireVector(v, 1);
        bool isSwapped = a.Shape[0] < v.Shape[0];
        (a, v) = isSwapped ? (v, a) : (a, v);
        (int n, int k) = (a.Shape[0], v.Shape[0]);
        if (k == 0)
        {
            throw new InvalidOperandException("an operand is empty");
        }

        (int start, int count) = c.Text("mode", "full", "same", "valid") switch
        {
            "full" => (0, OperatorCall.ToInt("the extent", (long)n + k - 1)),
            "same" => (isSwapped && c.Name == "Correlate" ? k / 2 : (k - 1) / 2, n),
            // NumPy reverses a correlation if the second operand is longer
            _ => (k - 1, n - k + 1),
        };
        int before = k - 1 - start, behind = count + start - n;
        Node padded = b.Reshape(b.Pad(a, [before], [behind]), Shape.Of(1, 1, before + n + behind));
        return b.Reshape(b.Conv(padded, b.Reshape(Reversed(b, v), Shape.Of(1, 1, k)), [1], [1], 1), Shape.Of(count));
    }

    private static Node Reversed(GraphBuilder b, Node x)
    {
        RequireVector(x, 1);
        return x.Shape[0] < 2 ? x : b.Slice(x, [x.Shape[0] - 1], [-1], x.Shape);
    }

    private static void RequireVector(Node x, int operand)
    {
        if (x.Shape.Rank != 1)
        {
            throw new InvalidOperandException($"a value of shape {x.Shape}: a vector is expected", operand);
        }
    }
}
