using System.IO.Compression;
using System.Net;
using System.Text;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Requests;

/// <summary>A body that is not validly compressed is the client's fault, on every route and in every encoding.</summary>
public sealed class DecompressionTests(MappedRoutes routes) : IClassFixture<MappedRoutes>
{
    private const string Json = """{"expression":"L = a","inputs":{"a":1},"email":"a@example.org","password":"a long walk by the sea"}""";

    public static TheoryData<string, string> Damages()
    {
        var data = new TheoryData<string, string>();
        foreach (string encoding in (string[])["gzip", "br", "deflate"])
        {
            foreach (string damage in (string[])["plain", "empty", "noise", "truncated", "head", "flipped", "dictionary", "other"])
            {
                data.Add(encoding, damage);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_bodies_are_400_on_every_route(string encoding, string damage)
    {
        var wrong = new List<string>();
        foreach ((string method, string path, var endpoint) in routes.WithBodies)
        {
            using HttpResponseMessage answer = await routes.SendAsync(method, path, Content(Damaged(encoding, damage), encoding));
            int status = (int)answer.StatusCode;

            // Routes without a body do not read one; Tesseract uses 422 where other routes use 400.
            bool reads = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null || path.StartsWith("/tesseracts", StringComparison.Ordinal);
            reads &= damage != "empty" || !path.StartsWith("/interviews/", StringComparison.Ordinal); // whose answer may be empty
            if (reads ? status is not (400 or 422) || (status == 422) != path.StartsWith("/tesseracts", StringComparison.Ordinal) : status >= 500)
            {
                wrong.Add($"{method} {path}: {status} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("br, br")]
    [InlineData("identity, gzip")]
    [InlineData("x-unknown")]
    public async Task Unknown_and_several_encodings_are_415_on_every_route(string encoding)
    {
        var wrong = new List<string>();
        foreach ((string method, string path, var endpoint) in routes.WithBodies)
        {
            using HttpResponseMessage answer = await routes.SendAsync(method, path, Content(Encoding.UTF8.GetBytes(Json), encoding));

            // UM-Bridge knows the statuses 400 and 500.
            bool isUmBridge = endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Contains("UM-Bridge") == true;
            if (answer.StatusCode != (isUmBridge ? HttpStatusCode.BadRequest : HttpStatusCode.UnsupportedMediaType))
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static ByteArrayContent Content(byte[] body, string encoding) =>
        new(body) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", encoding } } };

    private static byte[] Damaged(string encoding, string damage)
    {
        byte[] sound = Compressed(encoding);
        switch (damage)
        {
            case "plain":
                return Encoding.UTF8.GetBytes(Json);
            case "empty":
                return [];
            case "noise":
                var noise = new byte[500];
                new Random(1).NextBytes(noise);
                return noise;
            case "truncated":
                return sound[..(sound.Length / 2)];
            case "head":
                return sound[..1];
            case "flipped":
                for (int i = 2; i < sound.Length; i += 3)
                {
                    sound[i] ^= 0xFF;
                }

                return sound;
            case "dictionary":
                return [0x78, 0xBB, 1, 2, 3, 4, .. sound];
            default:
                return Compressed(encoding == "gzip" ? "br" : "gzip");
        }
    }

    private static byte[] Compressed(string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(Json));
        }

        return bytes.ToArray();
    }
}
