using Backprop.Compare.Ours;
using Backprop.Compare.Peers;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Matches;

/// <summary>Pairs our run of a problem with somebody else's.</summary>
internal static class Against
{
    private const double TrialSeconds = 0.3;

    /// <summary>PyTorch's, with the same numbers made sure of; ours alone where it is missing.</summary>
    public static Match Torch(Problem problem, Arena arena, DeviceKind device = DeviceKind.Host)
    {
        Func<(Execution Execution, Compiled Compiled)> run = problem.On(arena.Engine, device);
        Contestant ours = Ours(run);
        try
        {
            IReadOnlyList<Tensor> answer = problem.Answer(run().Execution);
            return new Match(ours, arena.Torch.Select(peer => Loaded(peer, problem, answer, device == DeviceKind.Cuda ? "cuda" : "cpu")).MinBy(contestant => contestant.Time(TrialSeconds)));
        }
        catch (MissingException missing)
        {
            return new Match(ours, null) { Note = missing.Message };
        }
    }

    private static Contestant Loaded(TorchPeer peer, Problem problem, IReadOnlyList<Tensor> answer, string device)
    {
        Agreement.Require(answer, peer.Load(problem, device));
        Contestant contestant = peer.Contestant(problem, device);
        contestant.Time(TrialSeconds);
        return contestant;
    }

    /// <summary>Our run, timed.</summary>
    public static Contestant Ours(Func<(Execution Execution, Compiled Compiled)> run) => new("ours", seconds => Timing.Of(() => run(), seconds));
}
