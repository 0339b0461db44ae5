using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Testing.Requests;

namespace Backprop.Hostile.Tests.Fuzzing;

/// <summary>Damages a request, reproducibly: its body, its headers, its target or its method.</summary>
/// <param name="random">The random source.</param>
internal sealed class RequestMutations(Random random)
{
    /// <summary>The configured write key.</summary>
    public const string Key = "a key of the tests";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "FOO", "PROPFIND"];

    private static readonly string[] Pieces =
    [
        "%00", "%zz", "..", "%2e%2e%2f", "//", "'", "%27%20OR%201=1", "%F0%9F%98%80", "%ff", "-1", "0", "99999999999999999999", "NaN", "null",
        "1e999", "%0d%0aX-A:%20b", "{id}", "*", "?", "&limit=-5", "&cursor=AAAA", "&wrt=*", "&dimension=a:0",
    ];

    private static readonly string[] Parameters =
        ["limit", "cursor", "wrt", "dimension", "form", "alias", "format", "sort", "q", "amount", "encode", "token", "company"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Content-Type",
        [
            "text/plain", "application/json; charset=utf-16", "application/xml", "application/json;;;", "application/onnx", "",
            "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "*/*",
        ]),
        ("Accept", ["application/onnx", "text/html", "image/svg+xml", "*/*;q=0", "application/json;q=nan", ",,,", "application/xml"]),
        ("Content-Encoding", ["br", "gzip", "deflate", "zstd", "gzip, br", "identity", "x"]),
        ("Accept-Encoding", ["br", "gzip;q=2", "*;q=0", "identity;q=0, *;q=0"]),
        ("Authorization", ["Bearer x", "Bearer " + "CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAA", "Basic AAAA", "Bearer", ""]),
        ("Idempotency-Key", ["", "a", "'; DROP TABLE Quizzes; --", "\u00ff\u00fe", "7c9e6679-7425-40de-944b-e07fc1f90ae7"]),
        ("If-None-Match", ["*", "\"x\"", "W/\"", "x"]), ("If-Match", ["*", "\"x\""]), ("Range", ["bytes=0-1", "bytes=-1"]),
        ("Cookie", [".AspNetCore.Identity.Application=x", "a=b; =; ;;"]), ("Origin", ["null", "http://evil.example"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("X-Forwarded-For", ["203.0.113.9", "x", "::1"]), ("Forwarded", ["for=x"]), ("Prefer", ["respond-async"]),
        ("Last-Event-ID", ["x"]), ("Accept-Language", ["xx-YY"]),
        ("X-Api-Key", [Key, "x", ""]), ("Expect", ["100-continue", "x"]),
        ("Connection", ["close", "keep-alive", "upgrade"]), ("Upgrade", ["h2c", "websocket"]),
        ("X-Long", [new string('a', 20_000)]), ("Bad Name", ["x"]), ("Transfer-Encoding", ["gzip"]),
    ];

    /// <summary>A damaged form of a request.</summary>
    public FuzzRequest Apply(FuzzRequest request)
    {
        if (request.Headers.Count > 0 && random.Next(2) == 0)
        {
            request = request with { Headers = [.. request.Headers, ("X-Api-Key", Key)] };
        }

        for (int i = 1 + random.Next(2); i > 0; i--)
        {
            request = Change(request);
        }

        return request;
    }

    private FuzzRequest Change(FuzzRequest request) => random.Next(10) switch
    {
        < 6 when request.Body is { Length: > 0 } => request with { Body = DamagedBody(request.Body) },
        6 => request with { Target = DamagedTarget(request.Target) },
        7 => request with { Method = Pick(Methods) },
        8 when request.Body is not null => request with { IsChunked = true },
        9 when request.Body is not null => Encoded(request),
        _ => DamagedHeaders(request),
    };

    private byte[] DamagedBody(byte[] body)
    {
        try
        {
            string text = Encoding.UTF8.GetString(body);
            if (JsonNode.Parse(text) is JsonObject or JsonArray)
            {
                return new Mutations(random).Apply(text);
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // It was not valid JSON before, has a duplicate member, or half a surrogate pair.
        }

        body = [.. body];
        body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        return body;
    }

    private string DamagedTarget(string target)
    {
        int place = random.Next(1, target.Length + 1);
        return random.Next(3) switch
        {
            0 => target[..place],
            1 => target.Insert(place, Pick(Pieces)),
            _ => $"{target}{(target.Contains('?') ? '&' : '?')}{Pick(Parameters)}={Pick(Pieces)}",
        };
    }

    private FuzzRequest DamagedHeaders(FuzzRequest request)
    {
        (string name, string[] values) = Pick(Headers);
        bool twice = random.Next(3) == 0;
        var others = request.Headers.Where(header => twice || header.Name != name);
        bool framed = name is not ("Bad Name" or "Transfer-Encoding" or "Upgrade" or "Expect" or "Connection");
        return request with { Headers = [.. others, (name, Pick(values))], IsFramed = request.IsFramed && framed };
    }

    private FuzzRequest Encoded(FuzzRequest request)
    {
        var compressed = new MemoryStream();
        bool brotli = random.Next(2) == 0;
        using (Stream stream = brotli ? new BrotliStream(compressed, CompressionLevel.Fastest) : new GZipStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(request.Body!);
        }

        byte[] body = compressed.ToArray();
        if (body.Length > 0 && random.Next(2) == 0)
        {
            body[random.Next(body.Length)] ^= 0x40;
        }

        return request with { Body = body, Headers = [.. request.Headers, ("Content-Encoding", brotli ? "br" : "gzip")] };
    }

    private T Pick<T>(T[] among) => among[random.Next(among.Length)];
}
