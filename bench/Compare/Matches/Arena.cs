using Backprop.Compare.Ours;
using Backprop.Compare.Peers;

namespace Backprop.Compare.Matches;

/// <summary>What the cases share: our engine, and the peers, each started when it is first asked for.</summary>
internal sealed class Arena(Options options) : IDisposable
{
    // What multiplies matrices is fastest where OpenMP's threads sleep soon, what does not where they spin: each case takes the faster.
    private static readonly int[] Spins = [1_000, 300_000];

    private readonly Lazy<TorchPeer[]> torch = new(() => Array.ConvertAll(Spins, spins => TorchPeer.Start(options, spins)));

    public Options Options { get; } = options;

    public LocalEngine Engine { get; } = new();

    /// <summary>PyTorch under several settings.</summary>
    /// <exception cref="MissingException">It is not installed.</exception>
    public IReadOnlyList<TorchPeer> Torch => torch.Value;

    public void Dispose()
    {
        if (torch.IsValueCreated)
        {
            Array.ForEach(torch.Value, peer => peer.Dispose());
        }
    }
}
