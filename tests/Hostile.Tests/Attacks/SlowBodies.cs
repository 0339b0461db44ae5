using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Bodies that arrive just faster than the server's minimum rate.</summary>
internal sealed class SlowBodies(int number) : ConnectionAttack(number)
{
    private const int BytesPerSecond = 300, Length = 10_000_000, PiecesPerSecond = 10;

    /// <inheritdoc/>
    public override string Name => "slow bodies";

    /// <inheritdoc/>
    protected override int Connections => 16;

    /// <inheritdoc/>
    protected override async Task UseAsync(Stream connection, CancellationToken end)
    {
        string head = $"POST /gradients HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Length}\r\n\r\n";
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"{head}{{\"expression\":\""), end);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        Task answer = HearAsync(connection, stop.Token);
        byte[] piece = Encoding.ASCII.GetBytes(new string(' ', BytesPerSecond / PiecesPerSecond));
        while (!answer.IsCompleted)
        {
            await connection.WriteAsync(piece, end);
            await Task.WhenAny(answer, Task.Delay(1000 / PiecesPerSecond, end));
            end.ThrowIfCancellationRequested();
        }

        await answer;
    }
}
