using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;

namespace Backprop.Compute.Tests.Allocation;

/// <summary>The tests that count the bytes of the whole process run by themselves.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class AllocationGate
{
    public const string Alone = "alone";

    private const int WarmUps = 20;
    private const int Runs = 20;
    private const int Attempts = 10;

    private static readonly DerivativeEngine Engine = new(new HostExecutor(new BufferPool(1 << 28)), new EngineLimits());

    /// <summary>
    /// Checks that a repeated run allocates at most <paramref name="most"/> bytes beyond the numbers of its answer, whose memory is returned as a
    /// request does after writing it. Other threads (the runtime's, the test runner's) can only add to the count, so the least of several attempts is
    /// the run's own.
    /// </summary>
    internal static void Require(long most, GraphDefinition graph, IReadOnlyDictionary<string, Tensor> inputs, DerivativeQuery question, params string[] batch)
    {
        Dictionary<string, Literal> values = inputs.ToDictionary(input => input.Key, input => new Literal(input.Value, input.Value.DType));
        var submission = new ComputationRequest(graph, CanonicalForm.Of(graph).Id, values, DType.Float64, batch);
        (CompiledQuery compiled, Tensor[] hot, _) = Engine.Prepare(submission, question, CancellationToken.None);
        for (int i = 0; i < WarmUps; i++)
        {
            Run();
        }

        long least = Enumerable.Range(0, Attempts).Min(_ => Allocated());
        least.ShouldBeLessThanOrEqualTo(most, "bytes beyond the answer");

        void Run() => Engine.Recycle(Engine.Run(compiled, hot, CancellationToken.None));

        long Allocated()
        {
            long before = GC.GetTotalAllocatedBytes(true);
            for (int i = 0; i < Runs; i++)
            {
                Run();
            }

            return (GC.GetTotalAllocatedBytes(true) - before) / Runs;
        }
    }
}
