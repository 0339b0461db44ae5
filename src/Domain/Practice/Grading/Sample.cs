using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Grading;

/// <summary>A formula at a point.</summary>
/// <param name="Point">The values of the variables.</param>
/// <param name="Values">Its value, then its derivative with respect to each variable.</param>
internal sealed record Sample(IReadOnlyDictionary<string, double> Point, double[] Values)
{
    /// <summary>True if the formula is defined and smooth there.</summary>
    public bool IsDefined => Values.All(double.IsFinite);
}

/// <summary>The points at which formulas are compared: always the same for the same variables.</summary>
internal static class SamplePoints
{
    /// <summary>The fewest points that can distinguish formulas.</summary>
    public const int Least = 8;

    private const int Most = 16;
    private const int Tried = 128;

    /// <summary>Samples of a key at points where it is defined.</summary>
    /// <exception cref="ArgumentException">It is defined at too few points.</exception>
    public static Sample[] Usable(IReadOnlyList<Variable> variables, Func<IReadOnlyDictionary<string, double>, Sample> sample)
    {
        SeededGenerator random = SeededGenerator.For(0, "points of " + string.Join(' ', variables.Select(variable => variable.Name)));
        Sample[] usable = [.. Enumerable.Range(0, Tried).Select(i => sample(Point(random, variables, i))).Where(made => made.IsDefined).Take(Most)];
        return usable.Length >= Least ? usable
            : throw new ArgumentException($"The key is defined at {usable.Length} of {Tried} points, {Least} are needed.");
    }

    // The first variable changes its sign from point to point, the next from pair to pair, so that both signs occur for every draw.
    private static Dictionary<string, double> Point(SeededGenerator random, IReadOnlyList<Variable> variables, int number)
    {
        var point = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < variables.Count; i++)
        {
            bool negative = ((number >> Math.Min(i, 2)) & 1) == 1;
            (double from, double to) = Half(variables[i], negative);
            point[variables[i].Name] = random.Real(from, to, 3);
        }

        return point;
    }

    // Not at 0 itself, where many formulas have a kink or a pole.
    private static (double From, double To) Half(Variable variable, bool negative) =>
        variable.From >= 0 || variable.To <= 0 ? (variable.From, variable.To)
        : negative ? (variable.From, variable.From / 50)
        : (variable.To / 50, variable.To);
}
