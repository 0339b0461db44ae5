using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>Time and memory grow as the graph does, whatever of it is large and whatever is made of it.</summary>
public class ScalingTheory
{
    private const int Small = 2000;
    private const int Times = 4;

    // Of what grows with the square it would be 16.
    private const double Most = 9;

    // As many elements as pairs of inputs are the answer itself.
    private static readonly string[] Squares = ["different operands of Max", "different operands of Sum", "values of Split", "values of Split as outputs", "slices of one value", "parameters of Adam", "operands of Gradient"];

    public static TheoryData<string, string> Cases => Derivation.Of(WideGraphs.Kinds);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Work_is_linear(string graph, string name)
    {
        if (name is "Jacobian" or "Hessian" && Squares.Contains(graph))
        {
            return;
        }

        WideGraph small = WideGraphs.Of(graph, Small), large = WideGraphs.Of(graph, Times * Small);
        Run(name, small);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(name, small);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Run(name, large);
        long more = GC.GetAllocatedBytesForCurrentThread() - before;
        ((double)more / bytes).ShouldBeLessThan(1.3 * Times, $"{bytes} and {more} bytes");

        double milliseconds = Milliseconds(name, small), longer = Milliseconds(name, large);
        (longer / Math.Max(milliseconds, 5)).ShouldBeLessThan(Most, $"{milliseconds} and {longer} ms");
    }

    private static double Milliseconds(string name, WideGraph graph) => ProcessorTime.Of(3, () => Run(name, graph)).TotalMilliseconds;

    private static void Run(string name, WideGraph graph) => Derivation.Run(name, graph.Definition, graph.Values, "f", CancellationToken.None);
}
