using Backprop.Client.Costs;
using Refit;

namespace Backprop.Client;

public partial interface IBackpropApi
{
    /// <summary>What finite differences would take, and what they would be worth.</summary>
    [Post("/finite-difference-times")]
    Task<FiniteDifferenceAnswer> FiniteDifferenceTimeAsync([Body] FiniteDifferenceRequest request, CancellationToken cancellationToken = default);
}
