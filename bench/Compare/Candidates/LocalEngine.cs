using Backprop.Compute.Calibration;
using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Compare.Candidates;

/// <summary>The engine in the service's configuration, in this process.</summary>
internal sealed class LocalEngine
{
    private const long PoolBytes = 512L << 20;
    private const long CacheBytes = 256L << 20;

    private readonly DeviceRegistry devices = new(new DeviceOptions { Kinds = [DeviceKind.Cuda] });
    private readonly DerivativeEngine engine;
    private static readonly ExpressionParser Expressions = new(OperatorTable.All.Select(row => row.Name));

    /// <param name="cacheBytes">Approximate bytes of cached plans.</param>
    public LocalEngine(long cacheBytes = CacheBytes)
    {
        var host = new HostExecutor(new BufferPool(PoolBytes));
        Calibration = new HostCalibration(host);
        engine = new DerivativeEngine(host, new EngineLimits { CacheBytes = cacheBytes, MaxNodes = 1 << 24 }, new DeviceSelection(devices, host));
    }

    /// <summary>Whether there is a device of this kind.</summary>
    public bool Has(DeviceKind device) => device == DeviceKind.Host || devices.Find(device) is not null;

    /// <summary>The graph of an expression.</summary>
    public static GraphDefinition Parse(string expression) => Expressions.Parse(expression);

    /// <summary>The engine itself.</summary>
    public DerivativeEngine Inner => engine;

    /// <summary>What the host does.</summary>
    public HostCalibration Calibration { get; }

    /// <summary>
    /// A query with a known plan: what a hot request runs. An answer is valid until the next one, like that of a request until it is written.
    /// </summary>
    public Func<Execution> Ready(
        GraphDefinition graph,
        IReadOnlyDictionary<string, Tensor> inputs,
        DerivativeQuery question,
        IReadOnlyList<string>? batch = null,
        DeviceKind device = DeviceKind.Host)
    {
        (CompiledQuery compiled, Tensor[] values, _) = engine.Prepare(ComputationRequest(graph, inputs, batch, device), question, CancellationToken.None);
        Execution? last = null;
        return () =>
        {
            if (last is not null)
            {
                engine.Recycle(last);
            }

            return last = engine.Run(compiled, values, CancellationToken.None);
        };
    }

    /// <summary>The same, including the search for the plan by graph, query and types; it is compiled if it is not cached.</summary>
    public Func<Execution> Searching(
        GraphDefinition graph, IReadOnlyDictionary<string, Tensor> inputs, DerivativeQuery question, IReadOnlyList<string>? batch = null)
    {
        ComputationRequest submission = ComputationRequest(graph, inputs, batch, DeviceKind.Host);
        return () => engine.Run(submission, question, CancellationToken.None);
    }

    /// <summary>A graph with values, as a request would bring them.</summary>
    public static ComputationRequest ComputationRequest(
        GraphDefinition graph, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string>? batch = null, DeviceKind device = DeviceKind.Host)
    {
        Dictionary<string, Literal> values = inputs.ToDictionary(input => input.Key, input => new Literal(input.Value, input.Value.DType));
        DType dtype = inputs.Values.First(value => value.DType.IsFloat()).DType;
        return new ComputationRequest(graph, CanonicalForm.Of(graph).Id, values, dtype, batch ?? [], device);
    }
}
