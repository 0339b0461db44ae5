using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>A hundred megabytes for routes whose bodies are a few hundred bytes.</summary>
internal sealed class LargeBodies(int number) : RequestAttack(number)
{
    private static readonly string[] Routes =
    [
        "/account/login", "/account/register", "/quizzes", "/daily-question/answers", "/quizzes/6f1c0a52e8b94d3f9a7be0c15d24f863/answers",
    ];
    private byte[] _body = [];

    /// <inheritdoc/>
    public override string Name => "large bodies";

    /// <inheritdoc/>
    protected override int Parallel => 16;

    /// <inheritdoc/>
    public override Task PrepareAsync(ServiceProcess service)
    {
        _body = new byte[100 << 20];
        _body.AsSpan().Fill((byte)' ');
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) => Post(Routes[random.Next(Routes.Length)], _body);
}
