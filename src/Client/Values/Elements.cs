using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>Converts the elements that were read to an array of the stated type.</summary>
internal static class Elements
{
    /// <summary>The elements as the stated type, or as read if none is stated.</summary>
    /// <exception cref="ContractException">An element is not a value of the stated type.</exception>
    public static Array ToArray(ElementBuffer elements, ElementType? stated)
    {
        bool boolean = stated is null ? elements.IsBoolean : stated == ElementType.Bool;
        if (elements.Count > 0 && boolean != elements.IsBoolean)
        {
            throw new ContractException($"The dtype requires {(boolean ? "booleans; the data are numbers" : "numbers; the data are booleans")}.",
                "data");
        }

        return stated switch
        {
            ElementType.Float32 => Singles(elements),
            ElementType.Int64 => Integers(elements),
            ElementType.Float64 => Doubles(elements),
            ElementType.Bool => elements.Booleans.ToArray(),
            _ => elements.IsBoolean ? elements.Booleans.ToArray() : elements.IsInteger ? elements.Integers.ToArray() : Doubles(elements),
        };
    }

    private static double[] Doubles(ElementBuffer elements)
    {
        if (!elements.IsInteger)
        {
            return elements.Doubles.ToArray();
        }

        double[] doubles = new double[elements.Count];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = elements.Integers[i];
        }

        return doubles;
    }

    private static float[] Singles(ElementBuffer elements)
    {
        double[] doubles = Doubles(elements);
        float[] singles = new float[doubles.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            singles[i] = (float)doubles[i];
            if (float.IsInfinity(singles[i]) && double.IsFinite(doubles[i]))
            {
                throw new ContractException($"{doubles[i]:R} exceeds the range of float32.", $"data[{i}]");
            }
        }

        return singles;
    }

    private static long[] Integers(ElementBuffer elements)
    {
        if (elements.IsInteger)
        {
            return elements.Integers.ToArray();
        }

        long[] integers = new long[elements.Count];
        for (int i = 0; i < integers.Length; i++)
        {
            double value = elements.Doubles[i];
            if (!(value >= long.MinValue && value < -(double)long.MinValue && value == Math.Truncate(value)))
            {
                throw new ContractException($"{value:R} is not an int64.", $"data[{i}]");
            }

            integers[i] = (long)value;
        }

        return integers;
    }
}
