using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Compare.Peers;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compare.Cases;

/// <summary>Steps of training: forward pass, backward pass, clipping and update.</summary>
internal static class TrainingRuns
{
    private const double TrialSeconds = 0.5;

    // Adam's first steps are as long for a gradient of rounding errors as for any other.
    private const double Tolerance = 5e-3;
    private const int WarmUps = 200;
    private const int Counted = 200;
    private static readonly TrainingProblem Large = new(Networks.Mlp(1024, 784, 512, 512, 10), 64, OptimizerName.AdamW, 1);
    private static readonly TrainingProblem Clipped = new(Small(), 4, OptimizerName.AdamW, 1);
    private static readonly TrainingProblem Plain = new(Small(), 4, OptimizerName.Sgd, null);

    public static IEnumerable<Case> All =>
    [
        new Case("training step, MLP 784-512-512-10, batch 64, AdamW, clipping", Target.AtLeast(1), context => Torch(Large, context)),
        new Case("training step, MLP 2-16-1, batch 4, AdamW, clipping", Target.AtLeast(20), context => Torch(Clipped, context)),
        new Case("training step, MLP 2-16-1, batch 4, SGD", Target.AtLeast(20), context => Torch(Plain, context)),
        new Case("training step of the large MLP: bytes allocated", Target.AtMost(1024, "bytes"), _ => Allocated(Large)),
        new Case("training step of the small MLP: bytes allocated", Target.AtMost(1024, "bytes"), _ => Allocated(Clipped)),
    ];

    private static Problem Small() => new(
        "small",
        "L = mean((tanh(x @ w1 + b1) @ w2 + b2 - t)^2)",
        new Dictionary<string, Tensor>
        {
            ["x"] = Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], Shape.Of(4, 2)),
            ["t"] = Tensor.Of([0f, 1, 1, 0], Shape.Of(4, 1)),
            ["w1"] = Values.Normal(DType.Float32, 1, 0.7, 2, 16),
            ["b1"] = Values.Normal(DType.Float32, 2, 0.1, 16),
            ["w2"] = Values.Normal(DType.Float32, 3, 0.3, 16, 1),
            ["b2"] = Values.Normal(DType.Float32, 4, 0.1, 1),
        },
        ["w1", "b1", "w2", "b2"]);

    private static Comparison Torch(TrainingProblem problem, BenchmarkContext context)
    {
        TrainingLoop loop = problem.Start();
        for (int i = 0; i < TrainingProblem.FirstSteps; i++)
        {
            loop.Advance(CancellationToken.None);
        }

        Candidate ours = Ours(loop);
        try
        {
            IReadOnlyList<Tensor> parameters = problem.Parameters(loop);
            (TorchPeer Peer, bool UsesForeach)[] settings = [.. context.Torch.SelectMany(peer => new[] { (peer, false), (peer, true) })];
            (TorchPeer best, bool usesForeach) = settings.MinBy(setting => Loaded(setting.Peer, problem, setting.UsesForeach, parameters).Time(TrialSeconds));
            return new Comparison(ours, Loaded(best, problem, usesForeach, parameters)) { Note = usesForeach ? "foreach" : "a loop over parameters" };
        }
        catch (MissingException missing)
        {
            return new Comparison(ours, null) { Note = missing.Message };
        }
    }

    private static Candidate Ours(TrainingLoop loop) => new("ours", seconds => Timing.Of(() => loop.Advance(CancellationToken.None), seconds));

    private static Candidate Loaded(TorchPeer peer, TrainingProblem problem, bool usesForeach, IReadOnlyList<Tensor> parameters)
    {
        Agreement.Require(parameters, peer.Load(problem.Problem, "cpu", problem.Question(usesForeach)), Tolerance);
        Candidate candidate = peer.Candidate(problem.Problem);
        candidate.Time(TrialSeconds);
        return candidate;
    }

    private static Comparison Allocated(TrainingProblem problem)
    {
        TrainingLoop loop = problem.Start();
        Steps(WarmUps);
        long before = GC.GetTotalAllocatedBytes(true);
        Steps(Counted);
        double bytes = (GC.GetTotalAllocatedBytes(true) - before) / (double)Counted;
        return new Comparison(Ours(loop), null) { Score = (_, _) => bytes };

        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
            {
                loop.Advance(CancellationToken.None);
            }
        }
    }
}
