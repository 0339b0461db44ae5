namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Bodies that are not in their stated encoding.</summary>
internal sealed class EncodedGarbage(int number) : RequestAttack(number)
{
    private static readonly string[] Encodings = ["br", "gzip", "deflate", "br, gzip", "gzip, gzip, gzip", "zstd", "identity, br"];
    private static readonly string[] Routes =
    [
        "/gradients", "/graphs", "/quizzes", "/account/login", "/account/register", "/step-costs", "/Evaluate", "/tesseracts/squared-sum/apply",
        "/daily-question/answers",
    ];

    /// <inheritdoc/>
    public override string Name => "encoded garbage";

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        var body = new byte[random.Next(1, 300)];
        random.NextBytes(body);
        HttpRequestMessage request = Post(Routes[random.Next(Routes.Length)], body);
        request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", Encodings[random.Next(Encodings.Length)]);
        return request;
    }
}
