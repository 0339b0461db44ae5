using Backprop.Compare.Ours;
using Backprop.Compare.Peers;

namespace Backprop.Compare.Matches;

/// <summary>What the cases share: our engine, and the peers, each started when it is first asked for.</summary>
internal sealed class Arena(Options options) : IDisposable
{
    private readonly Lazy<TorchPeer> torch = new(() => TorchPeer.Start(options));

    public Options Options { get; } = options;

    public LocalEngine Engine { get; } = new();

    /// <summary>PyTorch.</summary>
    /// <exception cref="MissingException">It is not installed.</exception>
    public TorchPeer Torch => torch.Value;

    public void Dispose()
    {
        if (torch.IsValueCreated)
        {
            torch.Value.Dispose();
        }
    }
}
