using Backprop.Compare.Candidates;
using Backprop.Compare.Http;
using Backprop.Compare.Peers;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Comparisons;

/// <summary>Pairs our run of a problem with a peer's.</summary>
internal static class Baseline
{
    private const double TrialSeconds = 0.3;
    private const double WarmUpSeconds = 15;

    /// <summary>PyTorch's, after checking that the numbers agree; only ours if it is missing.</summary>
    public static Comparison Torch(Problem problem, BenchmarkContext context, DeviceKind device = DeviceKind.Host)
    {
        Func<Execution> run = problem.On(context.Engine, device);
        Candidate ours = Ours(run);
        try
        {
            IReadOnlyList<Tensor> answer = problem.Answer(run());
            return new Comparison(ours, context.Torch.Select(peer => Loaded(peer, problem, answer, device == DeviceKind.Cuda ? "cuda" : "cpu")).MinBy(contestant => contestant.Time(TrialSeconds)));
        }
        catch (MissingException missing)
        {
            return new Comparison(ours, null) { Note = missing.Message };
        }
    }

    /// <summary>Ours over HTTP, one request at a time with all values in base64, against PyTorch in its own process without HTTP.</summary>
    public static Comparison TorchOverHttp(Problem problem, BenchmarkContext context)
    {
        string body = Bodies.Of(problem);
        var connection = new Connection(context.Service, body);
        Exchange.Ask(context.Service, body);

        // A newly started service still compiles what it runs.
        Timing.Of(connection.Ask, WarmUpSeconds);
        return Torch(problem, context) with { Candidate = new Candidate("ours", seconds => Timing.Of(connection.Ask, seconds)) };
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
