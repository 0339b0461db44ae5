using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Training.Initializers;

/// <summary>What an initializer can be given.</summary>
public static class InitializerRules
{
    /// <summary>Requires that an initializer has all parameters that are given, and can draw a value of this shape.</summary>
    /// <param name="options">The initializer.</param>
    /// <param name="shape">The shape of the parameter.</param>
    /// <param name="path">Where it was given.</param>
    /// <exception cref="GraphException">It does not, or cannot.</exception>
    public static void Require(InitializerOptions options, Shape shape, string path)
    {
        (string label, string[] known) = Of(options.Name);
        foreach ((string name, double? value) in Given(options))
        {
            if (!known.Contains(name))
            {
                string has = known.Length == 0 ? "it has no parameters" : $"it has {NameSuggestions.Alternatives(known)}";
                throw new GraphException($"{path}.{name}", $"the initializer {label} has no {name}; {has}");
            }

            if (value is { } number && (!double.IsFinite(number) || (name == "std" && number < 0)))
            {
                string range = name == "std" ? "a finite number of at least 0" : "a finite number";
                throw new GraphException($"{path}.{name}", $"{name} is {number.ToString("R", CultureInfo.InvariantCulture)}, expected {range}");
            }
        }

        RequireShape(options, shape, label, path);
    }

    private static void RequireShape(InitializerOptions options, Shape shape, string label, string path)
    {
        if (options.Name == InitializerName.Constant && options.Value is null)
        {
            throw new GraphException($"{path}.value", "the initializer constant needs a value");
        }

        if (options.Name == InitializerName.Uniform && (options.Low ?? 0) > (options.High ?? 1))
        {
            throw new GraphException($"{path}.high", "high must be at least low");
        }

        if (options.Name < InitializerName.XavierUniform)
        {
            return;
        }

        // Below two axes there are no inputs and outputs to count.
        if (shape.Rank < 2 || shape.Count == 0)
        {
            throw new GraphException($"{path}.initializer", $"{label} needs a shape of at least two axes, the parameter has {shape}: " +
                "use zeros, uniform or normal for a bias");
        }

        if (options.Name == InitializerName.Orthogonal && OrthogonalMatrix.Extents(shape) is var (rows, columns)
            && Math.Max(rows, columns) > FactorizationBuilding.MostRows)
        {
            throw new GraphException($"{path}.initializer", $"orthogonal factors a matrix of {rows}×{columns}; at most " +
                $"{FactorizationBuilding.MostRows} rows and columns are factored, use xavierNormal or heNormal");
        }
    }

    private static (string Label, string[] Known) Of(InitializerName name) => name switch
    {
        InitializerName.Zeros => ("zeros", []),
        InitializerName.Ones => ("ones", []),
        InitializerName.Constant => ("constant", ["value"]),
        InitializerName.Uniform => ("uniform", ["low", "high"]),
        InitializerName.Normal => ("normal", ["mean", "std"]),
        InitializerName.XavierUniform => ("xavierUniform", ["gain", "fan"]),
        InitializerName.XavierNormal => ("xavierNormal", ["gain", "fan"]),
        InitializerName.HeUniform => ("heUniform", ["gain", "fan"]),
        InitializerName.HeNormal => ("heNormal", ["gain", "fan"]),
        InitializerName.LecunNormal => ("lecunNormal", ["gain", "fan"]),
        _ => ("orthogonal", ["gain"]),
    };

    private static IEnumerable<(string Name, double? Value)> Given(InitializerOptions options) => new (string Name, bool IsGiven, double? Value)[]
    {
        ("gain", options.Gain.HasValue, options.Gain),
        ("fan", options.Fan.HasValue, null),
        ("value", options.Value.HasValue, options.Value),
        ("mean", options.Mean.HasValue, options.Mean),
        ("std", options.Std.HasValue, options.Std),
        ("low", options.Low.HasValue, options.Low),
        ("high", options.High.HasValue, options.High),
    }.Where(parameter => parameter.IsGiven).Select(parameter => (parameter.Name, parameter.Value));
}
