namespace Backprop.Compare.Comparisons;

/// <summary>One row of the table: the comparison and its target.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">The target.</param>
/// <param name="Prepare">Prepares both sides, and checks that they compute the same numbers.</param>
internal sealed record Case(string Name, Target Target, Func<BenchmarkContext, Comparison> Prepare);

/// <summary>A timed candidate.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Time">Runs for about this many seconds and returns the milliseconds per operation.</param>
internal sealed record Candidate(string Name, Func<double, double> Time);

/// <summary>Two sides that are ready to run.</summary>
/// <param name="Candidate">Ours.</param>
/// <param name="Peer">The peer, or null if it is missing.</param>
internal sealed record Comparison(Candidate Candidate, Candidate? Peer)
{
    /// <summary>Why the peer is missing, or another note.</summary>
    public string? Note { get; init; }

    /// <summary>Further sides for the note: what the peer reaches, if the target is the machine's ceiling.</summary>
    public IReadOnlyList<Candidate> Others { get; init; } = [];

    /// <summary>The figure for the target, from our and the peer's milliseconds: by default the ratio of the peer's to ours.</summary>
    public Func<double, double?, double?> Score { get; init; } = (ours, peer) => peer / ours;

    /// <summary>The seconds of a round, if it is not the default.</summary>
    public double? Seconds { get; init; }
}
