using System.Globalization;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Values as short texts: small ones in full, larger ones by shape, norm, minimum and maximum.</summary>
internal static class ValueText
{
    private const int ElementsShown = 12;
    private const double LargestInteger = 1e6;

    /// <summary>A number with up to four digits, integers below a million in full; zero has no sign.</summary>
    public static string Number(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.IsNaN(x) ? "NaN" : x > 0 ? "∞" : "-∞";
        }

        if (x == Math.Truncate(x) && Math.Abs(x) < LargestInteger)
        {
            return x == 0 ? "0" : x.ToString("0", CultureInfo.InvariantCulture);
        }

        string text = x.ToString("G4", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : $"{text[..exponent]}e{int.Parse(text[(exponent + 1)..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>True if a text shows every element.</summary>
    public static bool IsShownInFull(Tensor tensor) => tensor.Count is > 0 and <= ElementsShown && tensor.Shape.Rank <= 2;

    /// <summary>True if every element is a finite number.</summary>
    public static bool IsFinite(Tensor tensor) => !Enumerable.Range(0, tensor.Count).Any(i => !double.IsFinite(tensor[i]));

    /// <summary>All elements if they are few, otherwise the shape: <c>[[1, 2], [3, 4]]</c>, <c>[64×10]</c>.</summary>
    public static string Brief(Tensor tensor) => IsShownInFull(tensor) ? InFull(tensor) : ShapeOf(tensor);

    /// <summary>All elements if they are few, otherwise <c>[64×10], norm 3.2, min -0.4, max 1.1</c>.</summary>
    public static string Of(Tensor tensor) => IsShownInFull(tensor) ? InFull(tensor) : Summary(tensor);

    /// <summary>A text as an operand: a negative number stands in parentheses.</summary>
    public static string Parenthesized(string text) => text.StartsWith('-') ? $"({text})" : text;

    private static string ShapeOf(Tensor tensor) => $"[{string.Join('×', tensor.Shape.Dims.ToArray())}]";

    private static string InFull(Tensor tensor)
    {
        if (tensor.Shape.Rank == 0)
        {
            return Element(tensor, 0);
        }

        int columns = tensor.Shape[tensor.Shape.Rank - 1];
        IEnumerable<string> rows = Enumerable.Range(0, tensor.Count).Chunk(columns)
            .Select(row => $"[{string.Join(", ", row.Select(i => Element(tensor, i)))}]");
        return tensor.Shape.Rank == 1 ? rows.First() : $"[{string.Join(", ", rows)}]";
    }

    private static string Element(Tensor tensor, int i) => tensor.DType == DType.Bool ? (tensor[i] != 0 ? "true" : "false") : Number(tensor[i]);

    private static string Summary(Tensor tensor)
    {
        double[] finite = [.. Enumerable.Range(0, tensor.Count).Select(i => tensor[i]).Where(double.IsFinite)];
        int others = tensor.Count - finite.Length;
        string shape = others == 0 ? ShapeOf(tensor) : $"{ShapeOf(tensor)}, {others} NaN or infinite";
        if (finite.Length == 0)
        {
            return shape;
        }

        string range = $"min {Number(finite.Min())}, max {Number(finite.Max())}";
        return tensor.DType.IsFloat() && others == 0 ? $"{shape}, norm {Number(Norm(finite))}, {range}" : $"{shape}, {range}";
    }

    // Scaled, so that squares do not overflow.
    private static double Norm(double[] values)
    {
        double largest = values.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(values.Sum(x => x / largest * (x / largest)));
    }
}
