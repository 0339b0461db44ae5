using Backprop.Client.Experiments;
using Refit;

namespace Backprop.Client;

/// Experiments.
public partial interface IBackpropApi
{
    /// <summary>Lists the experiments.</summary>
    [Get("/experiments")]
    Task<ExperimentList> ListExperimentsAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets an experiment: what it shows, its parameters, what to look for.</summary>
    [Get("/experiments/{name}")]
    Task<ExperimentPage> GetExperimentAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Runs an experiment.</summary>
    [Post("/experiments/{name}")]
    Task<ExperimentAnswer> RunExperimentAsync(string name, [Body] ExperimentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Runs an experiment and draws its charts as SVG.</summary>
    [Post("/experiments/{name}")]
    [Headers("Accept: image/svg+xml")]
    Task<string> DrawExperimentAsync(string name, [Body] ExperimentRequest request, CancellationToken cancellationToken = default);
}
