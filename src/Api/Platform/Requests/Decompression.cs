using System.IO.Compression;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.RequestDecompression;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Compressed bodies, on every route.</summary>
internal static class Decompression
{
    private const string Known = "gzip, br, deflate";

    /// <summary>Registers the encodings.</summary>
    /// <param name="options">The options of the decompressor.</param>
    public static void Configure(RequestDecompressionOptions options)
    {
        options.DecompressionProviders["gzip"] = new Encoding(static body => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true));
        options.DecompressionProviders["br"] = new Encoding(static body => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true));
        options.DecompressionProviders["deflate"] = new Encoding(static body => new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true));
    }

    /// <summary>Decompresses bodies and rejects unknown or multiple encodings (415).</summary>
    /// <param name="app">The application, after routing, which determines the maximum size of a body.</param>
    public static WebApplication UseBackpropDecompression(this WebApplication app)
    {
        app.UseRequestDecompression();

        // The decompressor removes the header of every encoding that it knows.
        app.Use(static (context, next) => context.Request.Headers.ContentEncoding.Count == 0 || IsPlain(context.Request)
            ? next(context)
            : ProblemWriter.WriteAsync(context, Refusal(context.Request)));
        return app;
    }

    private static bool IsPlain(HttpRequest request)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        return HttpMethods.IsGet(request.Method) || encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
    }

    private static Problem Refusal(HttpRequest request) =>
        Problem.At(415, "", $"Content-Encoding must be one of {Known}; got '{request.Headers.ContentEncoding}'.") with
        {
            Header = (HeaderNames.AcceptEncoding, Known),
        };

    private sealed class Encoding(Func<Stream, Stream> decompress) : IDecompressionProvider
    {
        public Stream GetDecompressionStream(Stream stream) => new DecompressedBody(stream, decompress);
    }
}
