using Backprop.Compare.Ours;
using Backprop.Compute.Engine;

namespace Backprop.Compare.Matches;

/// <summary>Pairs our run of a problem with somebody else's.</summary>
internal static class Against
{
    /// <summary>PyTorch's, with the same numbers made sure of; ours alone where it is missing.</summary>
    public static Match Torch(Problem problem, Arena arena)
    {
        Func<(Execution Execution, Compiled Compiled)> run = problem.On(arena.Engine);
        Contestant ours = Ours(run);
        try
        {
            Agreement.Require(problem.Answer(run().Execution), arena.Torch.Load(problem));
            return new Match(ours, arena.Torch.Contestant(problem));
        }
        catch (MissingException missing)
        {
            return new Match(ours, null) { Note = missing.Message };
        }
    }

    /// <summary>Our run, timed.</summary>
    public static Contestant Ours(Func<(Execution Execution, Compiled Compiled)> run) => new("ours", seconds => Timing.Of(() => run(), seconds));
}
