using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Compare.Ours;

/// <summary>The engine as the service sets it up, in this process.</summary>
/// <param name="cacheBytes">About the bytes of plans that it keeps.</param>
internal sealed class LocalEngine(long cacheBytes = LocalEngine.CacheBytes)
{
    private const long PoolBytes = 512L << 20;

    // The plan of a million numbers takes more than the service keeps by default.
    private const long CacheBytes = 8L << 30;

    private readonly DerivativeEngine engine = new(new HostExecutor(new BufferPool(PoolBytes)), new EngineLimits { CacheBytes = cacheBytes });
    private readonly ExpressionParser expressions = new(OperatorTable.All.Select(row => row.Name));

    /// <summary>The graph that an expression writes.</summary>
    public GraphDefinition Parse(string expression) => expressions.Parse(expression);

    /// <summary>A question about a graph, with its plan cached after the first run.</summary>
    public Func<(Execution Execution, Compiled Compiled)> Ready(
        GraphDefinition graph, IReadOnlyDictionary<string, Tensor> inputs, Question question, IReadOnlyList<string>? batch = null)
    {
        Dictionary<string, Literal> values = inputs.ToDictionary(input => input.Key, input => new Literal(input.Value, input.Value.DType));
        DType dtype = inputs.Values.First(value => value.DType.IsFloat()).DType;
        var submission = new Submission(graph, CanonicalForm.Of(graph).Id, values, dtype, batch ?? []);
        return () => engine.Run(submission, question, CancellationToken.None);
    }
}
