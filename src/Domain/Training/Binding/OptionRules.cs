using System.Globalization;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training.Binding;

/// <summary>The rules for the numbers of a definition that no part of it checks itself.</summary>
internal static class OptionRules
{
    /// <summary>Requires that all of them are in range.</summary>
    /// <exception cref="GraphException">One is not.</exception>
    public static void Require(TrainingDefinition definition)
    {
        Require(definition.Steps is not null || definition.Epochs is not null, "steps", "steps or epochs is needed");
        Require(definition.Steps is null || definition.Epochs is null, "epochs", "steps and epochs are both given; one of them is enough");
        AtLeast(definition.Steps ?? 1, 1, "steps");
        AtLeast(definition.Epochs ?? 1, 1, "epochs");
        AtLeast(definition.Record.Every, 1, "record.every");
        AtLeast(definition.Validation?.Every ?? 1, 1, "validation.every");
        AtLeast(definition.Stop.Patience ?? 1, 1, "stop.patience");
        Positive(definition.Gradients.ClipNorm, "clipNorm");
        Positive(definition.Gradients.ClipValue, "clipValue");
        Positive(definition.Gradients.Epsilon, "epsilon");
        Require(definition.Gradients.Epsilon is null || definition.Gradients.Method == GradientMethod.FiniteDifferences, "epsilon",
            "epsilon is the step of finite differences; gradient is backprop");
        Require(definition.Stop.LossBelow is not { } below || double.IsFinite(below), "stop.lossBelow", "lossBelow must be a finite number");
        foreach ((string name, ParameterStart start) in definition.Parameters)
        {
            Require(start.Value is null || start.Initializer is null, $"parameters.{name}", "a parameter has a value or an initializer, not both");
        }
    }

    private static void AtLeast(long value, long least, string path) =>
        Require(value >= least, path, $"{path[(path.LastIndexOf('.') + 1)..]} is {value}, expected at least {least}");

    private static void Positive(double? value, string path) =>
        Require(value is null || (double.IsFinite(value.Value) && value > 0), path,
            $"{path} is {value?.ToString("R", CultureInfo.InvariantCulture)}, expected a finite number above 0");

    private static void Require(bool condition, string path, string message)
    {
        if (!condition)
        {
            throw new GraphException(path, message);
        }
    }
}
