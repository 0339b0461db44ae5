namespace Backprop.Compare.Comparisons;

/// <summary>The outcome of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="OursMs">Our milliseconds.</param>
/// <param name="PeerMs">The peer's milliseconds, if there is one.</param>
/// <param name="Peer">The peer's name.</param>
/// <param name="Figure">The figure for the target.</param>
/// <param name="Note">A note.</param>
/// <param name="Failed">Whether something went wrong.</param>
internal sealed record Outcome(Case Case, double? OursMs, double? PeerMs, string? Peer, double? Figure, string? Note, bool Failed = false)
{
    /// <summary>The ratio of the peer's time to ours: above 1 is a win.</summary>
    public double? Ratio => PeerMs / OursMs;

    public bool? IsMet => Figure is { } figure ? Case.Target.IsMet(figure) : null;
}
