using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Headers that arrive one byte at a time.</summary>
internal sealed class SlowHeaders(int number) : ConnectionAttack(number)
{
    /// <inheritdoc/>
    public override string Name => "slow headers";

    /// <inheritdoc/>
    protected override int Connections => 200;

    /// <inheritdoc/>
    protected override async Task UseAsync(Stream connection, CancellationToken end)
    {
        await connection.WriteAsync("POST /gradients HTTP/1.1\r\nHost: localhost\r\nX-Slow: "u8.ToArray(), end);
        Task answer = HearAsync(connection, end);
        byte[] piece = Encoding.ASCII.GetBytes("a");
        while (!answer.IsCompleted)
        {
            await connection.WriteAsync(piece, end);
            await Task.WhenAny(answer, Task.Delay(200, end));
            end.ThrowIfCancellationRequested();
        }

        await answer;
    }
}
