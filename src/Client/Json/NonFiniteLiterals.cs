using System.Text.Json;

namespace Backprop.Client.Json;

/// <summary>Numbers without a JSON literal, as strings.</summary>
internal static class NonFiniteLiterals
{
    private static ReadOnlySpan<byte> NaN => "NaN"u8;

    private static ReadOnlySpan<byte> Infinity => "Infinity"u8;

    private static ReadOnlySpan<byte> NegativeInfinity => "-Infinity"u8;

    public static double Read(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(NaN) ? double.NaN
        : reader.ValueTextEquals(Infinity) ? double.PositiveInfinity
        : reader.ValueTextEquals(NegativeInfinity) ? double.NegativeInfinity
        : throw new ContractException("A string that is a number must be one of \"NaN\", \"Infinity\", \"-Infinity\".");

    public static void Write(Utf8JsonWriter writer, double value) => writer.WriteStringValue(
        double.IsNaN(value) ? NaN : value > 0 ? Infinity : NegativeInfinity);
}
