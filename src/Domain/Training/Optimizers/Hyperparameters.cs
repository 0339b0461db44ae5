using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Training.Optimizers;

/// <summary>The hyperparameters of an optimizer: given values, and defaults for all others.</summary>
public sealed class Hyperparameters
{
    private readonly Dictionary<string, double> values;

    private Hyperparameters(Dictionary<string, double> values) => this.values = values;

    /// <summary>A value by name; flags are 1 or 0.</summary>
    public double this[string name] => values[name];

    /// <summary>A flag by name.</summary>
    public bool Has(string name) => values[name] != 0;

    /// <summary>Checks the given values against the hyperparameters that the optimizer has.</summary>
    /// <exception cref="GraphException">It does not have one of them, or a value is out of range.</exception>
    public static Hyperparameters Of(string optimizer, IReadOnlyList<Hyperparameter> known, OptimizerOptions options)
    {
        Dictionary<string, double> values = known.ToDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal);
        foreach ((string name, double? value) in Given(options))
        {
            if (value is { } number)
            {
                values[name] = Checked(optimizer, known, name, number);
            }
        }

        return new Hyperparameters(values);
    }

    private static double Checked(string optimizer, IReadOnlyList<Hyperparameter> known, string name, double value)
    {
        string path = $"optimizer.{name}";
        if (!known.Any(parameter => parameter.Name == name))
        {
            string[] names = [.. known.Select(parameter => parameter.Name)];
            throw new GraphException(path, $"{optimizer} has no {name}; it has {NameSuggestions.Alternatives(names)}");
        }

        Hyperparameter found = known.First(parameter => parameter.Name == name);
        return found.Allows(value)
            ? value
            : throw new GraphException(path, $"{name} is {value.ToString("R", CultureInfo.InvariantCulture)}, expected {found.Range}");
    }

    private static (string Name, double? Value)[] Given(OptimizerOptions options) =>
    [
        (Hyperparameter.LearningRate, options.LearningRate),
        ("beta1", options.Beta1),
        ("beta2", options.Beta2),
        ("epsilon", options.Epsilon),
        ("weightDecay", options.WeightDecay),
        ("momentum", options.Momentum),
        ("dampening", options.Dampening),
        ("nesterov", Number(options.Nesterov)),
        ("alpha", options.Alpha),
        ("centered", Number(options.Centered)),
        ("decay", options.Decay),
    ];

    private static double? Number(bool? flag) => flag is { } given ? given ? 1 : 0 : null;
}
