namespace Backprop.Compute.Experiments;

/// <summary>A computation that shows one effect in training: what it shows, what can be varied, and how it is run.</summary>
/// <param name="Name">Its name in addresses: <c>vanishing-gradients</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Shows">What it shows, in a few sentences.</param>
/// <param name="LookFor">What to look for, and what to try.</param>
/// <param name="Parameters">What can be varied; every value within the ranges runs within some seconds.</param>
/// <param name="Compute">Runs it. Results other than times are a function of the parameters and the seed.</param>
public sealed record Experiment(
    string Name,
    string Title,
    string Shows,
    IReadOnlyList<string> LookFor,
    IReadOnlyList<ExperimentParameter> Parameters,
    Func<ExperimentRun, ExperimentResult> Compute)
{
    /// <summary>Whether times are measured, which differ from run to run.</summary>
    public bool Measures { get; init; }

    /// <summary>The default of every parameter.</summary>
    public IReadOnlyDictionary<string, ScalarValue> Defaults =>
        Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal);
}
