using Backprop.Client.Training;
using Backprop.Client.Values;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Starts a training run. Repeating the request with the same key returns the same run.</summary>
    [Post("/training-runs")]
    Task<TrainingRunPage> StartTrainingRunAsync(
        [Body] TrainingRunRequest request, [Header("Idempotency-Key")] string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs of the signed-in learner.</summary>
    [Get("/training-runs")]
    Task<TrainingRunList> ListTrainingRunsAsync(
        TrainingRunState? state = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a run.</summary>
    [Get("/training-runs/{id}")]
    Task<TrainingRunPage> GetTrainingRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Pauses a run after its current step.</summary>
    [Post("/training-runs/{id}/pause")]
    Task<TrainingRunPage> PauseTrainingRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Continues a paused run.</summary>
    [Post("/training-runs/{id}/resume")]
    Task<TrainingRunPage> ResumeTrainingRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Ends a run after its current step.</summary>
    [Post("/training-runs/{id}/cancel")]
    Task<TrainingRunPage> CancelTrainingRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a run with everything that it recorded.</summary>
    [Delete("/training-runs/{id}")]
    Task DeleteTrainingRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets recorded steps of a run.</summary>
    [Get("/training-runs/{id}/metrics")]
    Task<TrainingMetricList> GetTrainingMetricsAsync(
        string id, long? from = null, long? to = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the recorded steps of a run as CSV.</summary>
    [Get("/training-runs/{id}/metrics")]
    [Headers("Accept: text/csv")]
    Task<Stream> ExportTrainingMetricsAsync(string id, long? from = null, long? to = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens the stream of a run's events (server-sent events). <see cref="TrainingEvents.WatchTrainingRunAsync"/> reads it and reconnects.
    /// </summary>
    [Get("/training-runs/{id}/events")]
    [Headers("Accept: text/event-stream")]
    Task<Stream> OpenTrainingEventsAsync(
        string id, [Header("Last-Event-ID")] string? lastEventId = null, CancellationToken cancellationToken = default);

    /// <summary>Draws the curves of a run as SVG.</summary>
    [Get("/training-runs/{id}/plot")]
    Task<string> PlotTrainingRunAsync(
        string id,
        [Query(CollectionFormat.Multi)] IEnumerable<TrainingCurve>? metric = null,
        PlotScale? scale = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? parameter = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the parameters of a run.</summary>
    [Get("/training-runs/{id}/parameters")]
    Task<TrainingParameters> GetTrainingParametersAsync(
        string id, TrainingStepChoice? step = null, ValueEncoding? encoding = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the trained graph as an ONNX model, with the parameters as initializers.</summary>
    [Get("/training-runs/{id}/parameters")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportTrainedModelAsync(string id, TrainingStepChoice? step = null, CancellationToken cancellationToken = default);
}
