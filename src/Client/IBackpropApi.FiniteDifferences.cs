using Backprop.Client.Costs;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>Estimates the cost and accuracy of finite differences.</summary>
    [Post("/finite-difference-times")]
    Task<FiniteDifferenceAnswer> FiniteDifferenceTimesAsync([Body] FiniteDifferenceRequest request, CancellationToken cancellationToken = default);
}
