using Backprop.Compare.Candidates;
using Backprop.Compare.Http;
using Backprop.Compare.Peers;

namespace Backprop.Compare.Comparisons;

/// <summary>What the cases share: our engine, and the peers, each started on first use.</summary>
internal sealed class BenchmarkContext(Options options) : IDisposable
{
    // Matrix products are fastest if OpenMP's threads sleep soon, other work if they spin: each case takes the faster.
    private static readonly int[] Spins = [1_000, 300_000];

    private readonly Lazy<TorchPeer[]> torch = new(() => Array.ConvertAll(Spins, spins => TorchPeer.Start(options, spins)));

    private AdolcPeer? adolc;
    private Server? service;
    private Server? fastApi;
    private Server? bareKestrel;

    public Options Options { get; } = options;

    public LocalEngine Engine { get; } = new();

    /// <summary>A temporary folder.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("backprop-bench-");

    /// <summary>PyTorch under several settings.</summary>
    /// <exception cref="MissingException">It is not installed.</exception>
    public IReadOnlyList<TorchPeer> Torch => torch.Value;

    /// <summary>ADOL-C.</summary>
    /// <exception cref="MissingException">It is not installed.</exception>
    public AdolcPeer Adolc => adolc ??= AdolcPeer.Start(Options);

    /// <summary>Our service.</summary>
    public Server Service => service ??= Server.Ours(Folder);

    /// <summary>FastAPI and PyTorch.</summary>
    /// <exception cref="MissingException">They are not installed, or peers are disabled.</exception>
    public Server FastApi => fastApi ??= Options.NoPeers ? throw new MissingException("peers left out") : Server.FastApi();

    /// <summary>Kestrel, answering with this file.</summary>
    public Server BareKestrel(string answer) => bareKestrel ??= Server.BareKestrel(answer);

    public void Dispose()
    {
        service?.Dispose();
        fastApi?.Dispose();
        bareKestrel?.Dispose();
        Folder.Delete(true);
        if (torch.IsValueCreated)
        {
            Array.ForEach(torch.Value, peer => peer.Dispose());
        }
    }
}
