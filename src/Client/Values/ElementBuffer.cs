using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>
/// Collects elements while they are read. Numbers are kept as doubles until a whole number occurs that a double cannot represent; then as integers,
/// as long as only whole numbers occur.
/// </summary>
internal ref struct ElementBuffer(long limit)
{
    private double[] doubles = [];
    private long[] integers = [];
    private bool[] booleans = [];
    private bool wholeOnly = true;

    public int Count { get; private set; }

    public readonly bool IsBoolean => booleans.Length > 0;

    public readonly bool IsInteger => integers.Length > 0;

    public readonly ReadOnlySpan<double> Doubles => doubles.AsSpan(0, Count);

    public readonly ReadOnlySpan<long> Integers => integers.AsSpan(0, Count);

    public readonly ReadOnlySpan<bool> Booleans => booleans.AsSpan(0, Count);

    /// <summary>Appends the number, the string of a non-finite number, or the boolean at the reader's position.</summary>
    public void Add(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                AddNumber(NumberToken.Read(ref reader));
                break;
            case JsonTokenType.True or JsonTokenType.False when Count == 0 || IsBoolean:
                Append(ref booleans, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.String:
                AddNumber(new NumberToken(NonFiniteLiterals.Read(ref reader), 0, false));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                throw new ContractException("A value must not mix numbers and booleans.");
            default:
                throw new ContractException($"An element must be a number; got {TokenNames.Of(reader.TokenType)}.");
        }
    }

    public readonly void Dispose()
    {
        Return(doubles);
        Return(integers);
        Return(booleans);
    }

    private static void Return<T>(T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }

    private void AddNumber(NumberToken number)
    {
        if (IsBoolean)
        {
            throw new ContractException("A value must not mix numbers and booleans.");
        }

        if (IsInteger ? !number.IsWhole : wholeOnly && number.NeedsInteger)
        {
            Turn();
        }

        if (wholeOnly)
        {
            wholeOnly = number.IsWhole;
        }

        if (IsInteger)
        {
            Append(ref integers, number.Whole);
        }
        else
        {
            Append(ref doubles, number.Value);
        }
    }

    // Happens at most twice: to integers, and back for good once a fraction occurs.
    private void Turn()
    {
        if (IsInteger)
        {
            doubles = ArrayPool<double>.Shared.Rent(integers.Length);
            for (int i = 0; i < Count; i++)
            {
                doubles[i] = integers[i];
            }

            Return(integers);
            integers = [];
            return;
        }

        integers = ArrayPool<long>.Shared.Rent(Math.Max(16, doubles.Length));
        for (int i = 0; i < Count; i++)
        {
            integers[i] = (long)doubles[i];
        }

        Return(doubles);
        doubles = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append<T>(ref T[] array, T value)
    {
        if (Count == array.Length || Count >= limit)
        {
            Grow(ref array);
        }

        array[Count++] = value;
    }

    private readonly void Grow<T>(ref T[] array)
    {
        if (Count >= limit)
        {
            throw new ContractException($"A value must have at most {limit} elements.");
        }

        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(16, (int)Math.Min(2L * array.Length, Array.MaxLength)));
        array.AsSpan(0, Count).CopyTo(larger);
        Return(array);
        array = larger;
    }
}
