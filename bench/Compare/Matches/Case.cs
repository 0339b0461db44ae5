namespace Backprop.Compare.Matches;

/// <summary>One row of the table: what is compared, and what it has to reach.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">What has to be reached.</param>
/// <param name="Prepare">Makes both sides ready, and checks that they give the same numbers.</param>
internal sealed record Case(string Name, Target Target, Func<BenchmarkContext, Comparison> Prepare);

/// <summary>One who is timed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Time">Runs for about so many seconds and gives the milliseconds of one operation.</param>
internal sealed record Candidate(string Name, Func<double, double> Time);

/// <summary>Two sides that are ready to run.</summary>
/// <param name="Candidate">Ours.</param>
/// <param name="Peer">The peer, or null where it is missing.</param>
internal sealed record Comparison(Candidate Candidate, Candidate? Peer)
{
    /// <summary>Why the peer is missing, or what else is to be told.</summary>
    public string? Note { get; init; }

    /// <summary>Further sides, told of in the note: what the peer reaches where the ceiling is the machine's.</summary>
    public IReadOnlyList<Candidate> Others { get; init; } = [];

    /// <summary>The figure that the goal is about, from our and the peer's milliseconds: by default how often ours goes into the peer's.</summary>
    public Func<double, double?, double?> Score { get; init; } = (ours, peer) => peer / ours;

    /// <summary>The seconds of a round, where it is not the usual time.</summary>
    public double? Seconds { get; init; }
}
