using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Clients that request twenty million numbers and do not read them.</summary>
internal sealed class SilentReaders(int number) : ConnectionAttack(number)
{
    private static readonly byte[] Request = RawConnection.Post("/evaluations", """
        {"graph":{"inputs":[{"name":"a"}],"outputs":["y"],"nodes":[{"name":"y","op":"Expand","inputs":["a"],"attributes":{"shape":[20000000]}}]},
         "inputs":{"a":2.5}}
        """);

    /// <inheritdoc/>
    public override string Name => "silent readers";

    /// <inheritdoc/>
    protected override int Connections => 8;

    /// <inheritdoc/>
    protected override int? ReceiveBuffer => 4096;

    /// <inheritdoc/>
    protected override async Task UseAsync(Stream connection, CancellationToken end)
    {
        await connection.WriteAsync(Request, end);
        await Task.Delay(TimeSpan.FromSeconds(30), end);
    }
}
