using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Requests with more and longer headers than any client needs.</summary>
internal sealed class HeaderFlood(int number) : ConnectionAttack(number)
{
    private readonly byte[][] _requests =
    [
        Encoding.ASCII.GetBytes($"GET /operators HTTP/1.1\r\nHost: localhost\r\n{ManyHeaders(5000)}\r\n"),
        Encoding.ASCII.GetBytes($"GET /operators HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('a', 1 << 20)}\r\n\r\n"),
        Encoding.ASCII.GetBytes($"GET /{new string('a', 1 << 20)} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Encoding.ASCII.GetBytes($"GET /operators HTTP/1.1\r\nHost: {new string('a', 1000)}\r\nHost: b\r\n\r\n"),
    ];

    private int _round;

    /// <inheritdoc/>
    public override string Name => "header flood";

    /// <inheritdoc/>
    protected override int Connections => 16;

    private static string ManyHeaders(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {i}\r\n"));

    /// <inheritdoc/>
    protected override async Task UseAsync(Stream connection, CancellationToken end)
    {
        Task answer = HearAsync(connection, end);
        try
        {
            await connection.WriteAsync(_requests[Interlocked.Increment(ref _round) % _requests.Length], end);
        }
        catch (IOException)
        {
            // It was rejected before all of it was sent.
        }

        await answer;
    }
}
