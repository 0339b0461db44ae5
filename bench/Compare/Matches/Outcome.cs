namespace Backprop.Compare.Matches;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="OursMs">Our milliseconds.</param>
/// <param name="PeerMs">The peer's, where there was one.</param>
/// <param name="Peer">The peer's name.</param>
/// <param name="Figure">The figure that the goal is about.</param>
/// <param name="Note">What else is to be told.</param>
/// <param name="Failed">Whether something went wrong.</param>
internal sealed record Outcome(Case Case, double? OursMs, double? PeerMs, string? Peer, double? Figure, string? Note, bool Failed = false)
{
    /// <summary>How often ours goes into the peer's: above 1 is a win.</summary>
    public double? Ratio => PeerMs / OursMs;

    public bool? IsMet => Figure is { } figure ? Case.Target.IsMet(figure) : null;
}
