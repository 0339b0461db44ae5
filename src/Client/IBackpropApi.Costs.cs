using Backprop.Client.Costs;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Lists the catalogued models.</summary>
    [Get("/models")]
    Task<ModelList> ListModelsAsync(
        string? family = null, double? minParameters = null, double? maxParameters = null, string? q = null,
            CancellationToken cancellationToken = default);

    /// <summary>Gets a catalogued model by id or alias.</summary>
    [Get("/models/{id}")]
    Task<ModelPage> GetModelAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the catalogued devices.</summary>
    [Get("/hardware")]
    Task<HardwareList> ListHardwareAsync(
        string? vendor = null, string? kind = null, double? minMemoryGb = null, double? maxMemoryGb = null, string? q = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a catalogued device by id or alias.</summary>
    [Get("/hardware/{id}")]
    Task<HardwarePage> GetHardwareAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Computes the cost of one training step.</summary>
    [Post("/step-costs")]
    Task<StepCostAnswer> StepCostAsync([Body] StepCostRequest request, CancellationToken cancellationToken = default);
}
