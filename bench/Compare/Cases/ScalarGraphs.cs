using Backprop.Compare.Matches;
using Backprop.Compare.Ours;
using Backprop.Compare.Peers;
using Backprop.Compute.Engine;

namespace Backprop.Compare.Cases;

/// <summary>A million operations on numbers.</summary>
internal static class ScalarGraphs
{
    private const int Inputs = 1000;
    private const int Operations = 1_000_000;

    private static readonly Lazy<MixedScalars> Graph = new(() => new MixedScalars(Inputs, Operations));

    public static IEnumerable<Case> All =>
    [
        new Case("scalar graph of 1M mixed operations, value and gradient", Goal.AtLeast(2), AgainstAdolc),
        new Case("the same: time of value and gradient by time of the value", Goal.AtMost(2.5), AgainstValue),
    ];

    private static Match AgainstAdolc(Arena arena)
    {
        Func<(Execution Execution, Compiled Compiled)> run = Ready(arena, Gradient);
        Contestant ours = Against.Ours(run);
        try
        {
            AdolcPeer peer = arena.Adolc(Graph.Value);
            Execution execution = run().Execution;
            Agreement.Require([execution["value"], .. Graph.Value.InputNames.Select(name => execution["g:" + name])], peer.Answer());
            return new Match(ours, peer.Contestant());
        }
        catch (MissingException missing)
        {
            return new Match(ours, null) { Note = missing.Message };
        }
    }

    private static Match AgainstValue(Arena arena) => new(
        Against.Ours(Ready(arena, Gradient)), Against.Ours(Ready(arena, Questions.Evaluation())) with { Name = "value alone" })
    {
        Score = (gradient, value) => gradient / value,
    };

    private static Question Gradient => Questions.Gradient(null, null, null, null);

    private static Func<(Execution Execution, Compiled Compiled)> Ready(Arena arena, Question question) =>
        arena.Engine.Ready(Graph.Value.Graph(), Graph.Value.InputValues(), question);
}
