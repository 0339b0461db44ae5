using Backprop.Client;
using Backprop.Domain.Costs;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Costs;

/// <summary>The model and the device of a request about costs.</summary>
internal static class CostSubjects
{
    /// <summary>The device.</summary>
    public static HardwareProfile Hardware(HardwareChoice choice) => HardwareCatalogue.Find(choice.Id ?? string.Empty)?.Profile
        ?? throw new GraphException("hardware", $"there is no device '{choice.Id}'");

    /// <summary>The model.</summary>
    public static ModelProfile Model(ModelChoice choice) => ModelCatalogue.Find(choice.Id ?? string.Empty)?.Profile
        ?? throw new GraphException("model", $"there is no model '{choice.Id}'");
}
