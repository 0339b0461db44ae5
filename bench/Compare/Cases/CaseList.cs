using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Cases;

/// <summary>All cases in the order of the table.</summary>
internal static class CaseList
{
    public static IEnumerable<Case> All =>
    [
        .. MatrixProducts.All,
        .. Elementwise.All,
        .. Networks.All,
        .. Convolutions.All,
        .. Seeds.All,
        .. ScalarGraphs.All,
        .. Requests.All,
        .. TrainingRuns.All,
        .. CheckpointedMlp.All,
        .. FiniteDifferences.All,
        .. Allocations.All,
        .. Gpu.All,
    ];
}
