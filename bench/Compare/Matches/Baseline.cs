using Backprop.Compare.Http;
using Backprop.Compare.Ours;
using Backprop.Compare.Peers;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Matches;

/// <summary>Pairs our run of a problem with somebody else's.</summary>
internal static class Baseline
{
    private const double TrialSeconds = 0.3;
    private const double WarmUpSeconds = 15;

    /// <summary>PyTorch's, with the same numbers made sure of; ours alone where it is missing.</summary>
    public static Match Torch(Problem problem, BenchmarkContext arena, DeviceKind device = DeviceKind.Host)
    {
        Func<Execution> run = problem.On(arena.Engine, device);
        Candidate ours = Ours(run);
        try
        {
            IReadOnlyList<Tensor> answer = problem.Answer(run());
            return new Match(ours, arena.Torch.Select(peer => Loaded(peer, problem, answer, device == DeviceKind.Cuda ? "cuda" : "cpu")).MinBy(contestant => contestant.Time(TrialSeconds)));
        }
        catch (MissingException missing)
        {
            return new Match(ours, null) { Note = missing.Message };
        }
    }

    /// <summary>Ours over HTTP, one request at a time with all values in base64, against PyTorch in its own process without any.</summary>
    public static Match TorchOverHttp(Problem problem, BenchmarkContext arena)
    {
        string body = Bodies.Of(problem);
        var connection = new Connection(arena.Service, body);
        Exchange.Ask(arena.Service, body);

        // A service that has just started still compiles what it runs.
        Timing.Of(connection.Ask, WarmUpSeconds);
        return Torch(problem, arena) with { Ours = new Candidate("ours", seconds => Timing.Of(connection.Ask, seconds)) };
    }

    private static Candidate Loaded(TorchPeer peer, Problem problem, IReadOnlyList<Tensor> answer, string device)
    {
        Agreement.Require(answer, peer.Load(problem, device));
        Candidate contestant = peer.Candidate(problem, device);
        contestant.Time(TrialSeconds);
        return contestant;
    }

    /// <summary>Our run, timed.</summary>
    public static Candidate Ours(Func<Execution> run) => new("ours", seconds => Timing.Of(() => run(), seconds));
}
