using System.Numerics;
using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// An element type of the protocol and its mapping: floats become float32 or float64, all integers int64. Casts follow NumPy's rule <c>same_kind</c>:
/// bool to integer to float, and among floats. Complex numbers are not supported.
/// </summary>
/// <param name="Name">Its name in NumPy.</param>
/// <param name="Kind">b, i or f; casts go from left to right.</param>
/// <param name="Size">Bytes an element takes.</param>
/// <param name="Decode">Decodes elements from little-endian bytes.</param>
/// <param name="Round">Converts a number to this type, or returns null if it is out of range.</param>
internal sealed record ArrayType(string Name, char Kind, int Size, Func<ReadOnlyMemory<byte>, Array> Decode, Func<double, double?> Round)
{
    private const string Order = "bif";

    private static readonly Dictionary<string, ArrayType> Known = new[]
    {
        Float<Half, float>("float16"), Float<float, float>("float32"), Float<double, double>("float64"),
        Integer<sbyte>("int8"), Integer<short>("int16"), Integer<int>("int32"), Integer<long>("int64"),
        Integer<byte>("uint8"), Integer<ushort>("uint16"), Integer<uint>("uint32"), Integer<ulong>("uint64"),
        new ArrayType("bool", 'b', 1, bytes => Array.ConvertAll(bytes.ToArray(), value => value != 0), x => x is 0 or 1 ? x : null),
    }.ToDictionary(type => type.Name);

    /// <summary>The type of a name, or null.</summary>
    public static ArrayType? Find(string? name) => Known.GetValueOrDefault(name ?? "");

    /// <summary>The names of the types that can be cast to <paramref name="dtype"/>.</summary>
    public static IReadOnlyList<string> CastableTo(DType dtype) => [.. Known.Values.Where(type => type.CastsTo(dtype)).Select(type => type.Name)];

    /// <summary>Whether values of this type can be cast to <paramref name="dtype"/>.</summary>
    public bool CastsTo(DType dtype) => Order.IndexOf(Kind) <= (dtype.IsFloat() ? 2 : dtype == DType.Int64 ? 1 : 0);

    private static ArrayType Float<TWire, THeld>(string name)
        where TWire : unmanaged, INumberBase<TWire>
        where THeld : unmanaged, INumberBase<THeld> => new(name, 'f', Marshal.SizeOf<TWire>(), Elements<TWire, THeld>, x =>
        {
            double rounded = double.CreateChecked(TWire.CreateTruncating(x));
            return double.IsInfinity(rounded) && double.IsFinite(x) ? null : rounded;
        });

    private static ArrayType Integer<TWire>(string name)
        where TWire : unmanaged, IBinaryInteger<TWire>, IMinMaxValue<TWire> => new(name, 'i', Marshal.SizeOf<TWire>(), Elements<TWire, long>, x =>
            x == Math.Floor(x) && x >= double.CreateChecked(TWire.MinValue) && x <= double.CreateChecked(TWire.MaxValue)
                && Math.Abs(x) < 9.2233720368547758e18 ? x : null);

    private static THeld[] Elements<TWire, THeld>(ReadOnlyMemory<byte> bytes)
        where TWire : unmanaged, INumberBase<TWire>
        where THeld : unmanaged, INumberBase<THeld>
    {
        ReadOnlySpan<TWire> wire = MemoryMarshal.Cast<byte, TWire>(bytes.Span);
        var held = new THeld[wire.Length];
        for (int i = 0; i < held.Length; i++)
        {
            held[i] = THeld.CreateChecked(wire[i]);
        }

        return held;
    }
}
