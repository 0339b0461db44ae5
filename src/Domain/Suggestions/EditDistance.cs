namespace Backprop.Domain.Suggestions;

/// <summary>
/// The number of letters to insert, remove, replace or swap with a neighbour to turn one text into another (F. Damerau, CACM 7(3), 1964; optimal
/// string alignment).
/// </summary>
internal static class EditDistance
{
    /// <summary>The distance of two texts.</summary>
    public static int Of(string first, string second)
    {
        var distance = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
        {
            for (int j = 0; j <= second.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0 ? i + j : Step(distance, first, second, i, j);
            }
        }

        return distance[first.Length, second.Length];
    }

    private static int Step(int[,] distance, string first, string second, int i, int j)
    {
        int replaced = distance[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
        int least = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
        bool swaps = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
        return swaps ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
    }
}
