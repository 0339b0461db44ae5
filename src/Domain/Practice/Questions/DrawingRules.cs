using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The rules for the inputs and sizes of exercises: they can be drawn, they are small, and no two sizes are always the same.</summary>
internal static class DrawingRules
{
    private const int LeastSizes = 3;
    private const int MostSizes = 8;
    private const int MaxExtent = 16;
    private const int MaxRank = 5;
    private const int MaxElements = 256;

    public static void Check(IExercise exercise, string path, FaultList faults)
    {
        string[] names = [.. exercise.Sizes.SelectMany(sizes => sizes.Keys).Distinct()];
        int least = names.Length == 0 ? 1 : LeastSizes;
        faults.Demand(exercise.Sizes.Count >= least && exercise.Sizes.Count <= MostSizes, $"{path}.sizes",
            $"There are {exercise.Sizes.Count} entries; from {least} to {MostSizes} are possible.");
        bool areComplete = CheckSizes(exercise, names, path, faults);
        foreach ((string name, DrawnInput input) in exercise.Inputs)
        {
            string at = $"{path}.inputs.{name}";
            faults.Demand(KeyRules.IsName(name), at, $"'{name}' is not a valid name.");
            faults.Demand(!names.Contains(name), at, $"'{name}' is the name of a size.");
            faults.Demand(input.From < input.To && double.IsFinite(input.To - input.From), at, "'from' must be below 'to', and both must be finite.");
            faults.Demand(input.Shape.Count <= MaxRank, $"{at}.shape", $"There are {input.Shape.Count} axes; at most {MaxRank} are possible.");
            bool isKnown = true;
            foreach (Dimension dimension in input.Shape.Append(input.Below ?? new Dimension(1)))
            {
                string place = input.Below is { } below && below == dimension ? $"{at}.below" : $"{at}.shape";
                bool isRight = dimension.Symbol is { } symbol ? names.Contains(symbol) : dimension.Size is > 0 and <= MaxExtent;
                isKnown &= isRight;
                faults.Demand(isRight, place, dimension.Symbol is { } unknown ? $"There is no size '{unknown}'."
                    : $"{dimension.Size} is not an extent from 1 to {MaxExtent}.");
            }

            if (isKnown && areComplete)
            {
                long most = exercise.Sizes.Max(sizes => input.Shape.Aggregate(1L, (product, dimension) =>
                    product * (dimension.Symbol is { } symbol ? sizes[symbol] : dimension.Size)));
                faults.Demand(most <= MaxElements, $"{at}.shape", $"It has {most} elements; at most {MaxElements} are possible.");
            }
        }
    }

    // True if every entry has every name, with an extent that is possible.
    private static bool CheckSizes(IExercise exercise, string[] names, string path, FaultList faults)
    {
        int before = faults.Found.Count;
        foreach ((int index, IReadOnlyDictionary<string, int> sizes) in exercise.Sizes.Index())
        {
            foreach (string name in names)
            {
                string at = $"{path}.sizes[{index}].{name}";
                faults.Demand(KeyRules.IsName(name), at, $"'{name}' is not a valid name.");
                faults.Demand(sizes.TryGetValue(name, out int extent), at, $"The size '{name}' is missing.");
                faults.Demand(!sizes.ContainsKey(name) || extent is > 0 and <= MaxExtent, at, $"{extent} is not an extent from 1 to {MaxExtent}.");
            }
        }

        if (faults.Found.Count > before)
        {
            return false;
        }

        // Otherwise a missing transpose goes unnoticed.
        foreach ((string some, string other) in names.SelectMany((some, i) => names.Skip(i + 1).Select(other => (some, other))))
        {
            faults.Demand(exercise.Sizes.Any(sizes => sizes[some] != sizes[other]), $"{path}.sizes", $"{some} and {other} are always the same.");
        }

        return true;
    }
}
