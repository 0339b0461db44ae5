using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Responses;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.FastPath;

/// <summary>
/// What bodies of one template need if the types of their values are the same: the plan, which value binds to which input, and the writer of the
/// answer.
/// </summary>
internal sealed class PreparedRequest
{
    // Elements and floating-point operations of a run of about a millisecond.
    private const double BriefWork = 4e6;

    // The same for a run of about ten milliseconds.
    private const double LongWork = 1e9;

    private readonly ElementType?[] stated;
    private readonly int[] places;

    private PreparedRequest(ElementType?[] stated, int[] places) => (this.stated, this.places) = (stated, places);

    /// <summary>The route.</summary>
    public required string Route { get; init; }

    /// <summary>The body without its values.</summary>
    public required BodyTemplate BodyTemplate { get; init; }

    /// <summary>The plan.</summary>
    public required CompiledQuery Query { get; init; }

    /// <summary>Writes the answer.</summary>
    public required ResponseWriter Writer { get; init; }

    /// <summary>The id of the graph.</summary>
    public required string GraphId { get; init; }

    /// <summary>The id or alias of a registered graph, or null; the graph behind a name may change.</summary>
    public string? GraphName { get; init; }

    /// <summary>True if a run is so short that no timeout is needed.</summary>
    public bool IsBrief => Work < BriefWork;

    /// <summary>True if a run is so long that others must not wait for it.</summary>
    public bool IsLong => Work >= LongWork;

    private double Work { get; init; }

    /// <summary>Approximate bytes that it keeps alive.</summary>
    public long Bytes => BodyTemplate.Text.Length + Query.Plan.HeldBytes + 512;

    /// <summary>
    /// The prepared form of a request that took the ordinary path; null if its values decided shapes, or if the answer depends on more than its
    /// values.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cuts">The values in its body.</param>
    public static PreparedRequest? Of(FastPathRequest request, IReadOnlyList<ValueSpan> cuts)
    {
        if (request.Answer is not var (writer, query, graphId, graphName) || query.StaticInputs.Count > 0 || Places(cuts, query) is not { } places)
        {
            return null;
        }

        return new PreparedRequest([.. cuts.Select(cut => cut.Value.DType)], places)
        {
            Route = request.Route,
            BodyTemplate = BodyTemplate.Of(request.Body.Memory.Span, cuts),
            Query = query,
            Writer = writer,
            GraphId = graphId,
            Work = query.Plan.Graph.Nodes.Sum(node => node.Type.Count + (double)node.Op.Flops(node)),
            GraphName = graphName,
        };
    }

    /// <summary>The values in the plan's order and types; null if they have other types than the plan was compiled for.</summary>
    public Tensor[]? Bind(ReadOnlySpan<PreparedValue> values)
    {
        IReadOnlyList<Node> inputs = Query.Plan.Graph.Inputs;
        var tensors = new Tensor[inputs.Count];
        for (int i = 0; i < places.Length; i++)
        {
            TensorType type = inputs[places[i]].Type;
            if (values[i].Decoded is { } decoded)
            {
                tensors[places[i]] = decoded.Reshaped(type.Shape);
            }
            else if (values[i].Read!.DType == stated[i] && HasShape(values[i].Read!, type.Shape))
            {
                tensors[places[i]] = Typed(values[i].Read!, type);
            }
            else
            {
                return null;
            }
        }

        return tensors;
    }

    // Maps each value to its input in the plan; null unless each input has exactly one.
    private static int[]? Places(IReadOnlyList<ValueSpan> cuts, CompiledQuery query)
    {
        var inputs = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string path in query.InputPaths)
        {
            inputs.Add(path, inputs.Count);
        }

        int[] places = [.. cuts.Select(cut => inputs.Remove(cut.Path, out int place) ? place : -1)];
        return inputs.Count == 0 && !places.Contains(-1) ? places : null;
    }

    private static Tensor Typed(TensorValue value, TensorType type)
    {
        DType? dtype = value.DType is { } stated ? GraphContractReader.DType(stated) : null;
        return new Literal(Tensor.Of(value.Data, type.Shape), dtype).As(type.DType);
    }

    private static bool HasShape(TensorValue value, Shape shape)
    {
        ReadOnlySpan<long> extents = value.Shape;
        bool same = extents.Length == shape.Rank;
        for (int axis = 0; same && axis < extents.Length; axis++)
        {
            same = extents[axis] == shape[axis];
        }

        return same;
    }
}
