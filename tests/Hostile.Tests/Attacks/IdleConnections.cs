namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Connections on which nothing happens.</summary>
internal sealed class IdleConnections(int number) : ConnectionAttack(number)
{
    /// <inheritdoc/>
    public override string Name => "idle connections";

    /// <inheritdoc/>
    protected override int Connections => 2000;

    /// <inheritdoc/>
    protected override Task UseAsync(Stream connection, CancellationToken end) => HearAsync(connection, end);
}
