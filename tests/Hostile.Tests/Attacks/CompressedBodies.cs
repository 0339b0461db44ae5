using System.IO.Compression;
using System.Text;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>A quarter of a megabyte of gzip that contains sixty million names.</summary>
internal sealed class CompressedBodies(int number) : RequestAttack(number)
{
    private const int Names = 60_000_000, NamesPerPiece = 100_000;
    private byte[] _body = [];

    /// <inheritdoc/>
    public override string Name => "gzip bombs";

    /// <inheritdoc/>
    protected override int Parallel => 4;

    /// <inheritdoc/>
    public override Task PrepareAsync(ServiceProcess service)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write("""{"expression":"L = a*b","inputs":{"a":1,"b":2},"wrt":["a" """u8);
            byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(",\"a\"", NamesPerPiece)));
            for (int i = 0; i < Names / NamesPerPiece; i++)
            {
                gzip.Write(piece);
            }

            gzip.Write("]}"u8);
        }

        _body = compressed.ToArray();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        HttpRequestMessage request = Post("/gradients", _body);
        request.Content!.Headers.ContentEncoding.Add("gzip");
        return request;
    }
}
