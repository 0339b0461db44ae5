using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Candidates;

/// <summary>A graph with values, to be evaluated or differentiated by both sides.</summary>
/// <param name="Peer">Its name on the peer's side.</param>
/// <param name="Expression">The graph.</param>
/// <param name="Inputs">The values of its inputs.</param>
/// <param name="Wrt">What to differentiate with respect to, or null for only the value.</param>
internal sealed record Problem(string Peer, string Expression, IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyList<string>? Wrt)
{
    /// <summary>The inputs whose leading axis counts points.</summary>
    public IReadOnlyList<string> Batch { get; init; } = [];

    /// <summary>The query.</summary>
    public DerivativeQuery Query => Wrt is null ? Queries.Evaluation() : Queries.Gradient(Wrt, null, null, null);

    /// <summary>The run, with a known plan.</summary>
    public Func<Execution> On(LocalEngine engine, DeviceKind device = DeviceKind.Host) =>
        engine.Ready(LocalEngine.Parse(Expression), Inputs, Query, Batch, device);

    /// <summary>The run, including the search for its plan.</summary>
    public Func<Execution> Searched(LocalEngine engine) => engine.Searching(LocalEngine.Parse(Expression), Inputs, Query, Batch);

    /// <summary>The value, then the gradients in the order of the query.</summary>
    public IReadOnlyList<Tensor> Answer(Execution execution) => Wrt is null
        ? [execution.Results[0].Value]
        : [execution[ResultKey.Value], .. Wrt.Select(name => execution[ResultKey.Gradient(name)])];
}
