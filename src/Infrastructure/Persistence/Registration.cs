namespace Backprop.Infrastructure.Persistence;

/// <summary>What became of a registration.</summary>
public enum RegistrationOutcome
{
    /// <summary>The graph is new.</summary>
    Created,

    /// <summary>The graph was there; an alias that was asked for is its alias now.</summary>
    Existing,

    /// <summary>The alias names another graph; nothing was changed.</summary>
    AliasTaken,

    /// <summary>The registry is full; nothing was changed.</summary>
    QuotaExceeded,
}

/// <summary>The answer to a registration.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Graph">The graph; the one that has the alias where it is taken; null where the registry is full.</param>
public sealed record Registration(RegistrationOutcome Outcome, GraphSummary? Graph);

/// <summary>A registered graph without its nodes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Alias">Its alias, or null.</param>
/// <param name="Declarations">Its inputs and outputs as JSON.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="CreatedAt">When it was first registered.</param>
public sealed record GraphSummary(string Id, string? Alias, string Declarations, int Nodes, DateTimeOffset CreatedAt);

/// <summary>A part of the registry.</summary>
/// <param name="Items">Graphs in the order of registration.</param>
/// <param name="NextCursor">Where the next part begins, or null at the end.</param>
public sealed record GraphPage(IReadOnlyList<GraphSummary> Items, string? NextCursor);
