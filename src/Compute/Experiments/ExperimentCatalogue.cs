namespace Backprop.Compute.Experiments;

/// <summary>The experiments.</summary>
public static class ExperimentCatalogue
{
    /// <summary>All of them, in the order of a lesson.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        FiniteDifferencesExperiment.Definition,
        ForwardOrReverseExperiment.Definition,
        GatesExperiment.Definition,
        OverwrittenFanOutExperiment.Definition,
        ForgottenZeroGradExperiment.Definition,
        LearningRateExperiment.Definition,
        VanishingGradientsExperiment.Definition,
        ExplodingGradientsExperiment.Definition,
        NoClippingExperiment.Definition,
        StableSoftmaxExperiment.Definition,
        LowPrecisionExperiment.Definition,
        CheckpointingExperiment.Definition,
    ];

    /// <summary>The experiment of a name, or null.</summary>
    public static Experiment? Find(string name) => All.FirstOrDefault(experiment => experiment.Name == name);
}
