using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols;

/// <summary>
/// The element types of a graph's outputs, whose shapes its declarations leave open. Element types do not depend on extents, so any extents and ranks
/// that the graph accepts reveal them.
/// </summary>
/// <param name="engine">Types graphs.</param>
internal sealed class OutputTypeInference(DerivativeEngine engine)
{
    private const int MostAxes = 4;
    private static readonly int[] Extents = [2, 1, 4, 8];

    /// <summary>The element types; null if no tried shapes fit the graph.</summary>
    public IReadOnlyList<DType>? Of(GraphDefinition definition, CancellationToken cancellationToken)
    {
        bool isOpen = definition.Inputs.Any(input => input.Shape is null);
        foreach (int extent in Extents)
        {
            for (int rank = 0; rank <= (isOpen ? MostAxes : 0); rank++)
            {
                if (Tried(Closed(definition, rank, extent), cancellationToken) is { } types)
                {
                    return types;
                }
            }
        }

        return null;
    }

    private static GraphDefinition Closed(GraphDefinition definition, int rank, int extent) => definition with
    {
        Inputs =
        [
            .. definition.Inputs.Select(input => input with
            {
                Shape = input.Shape is { } shape
                    ? [.. shape.Select(dimension => dimension.Symbol is null ? dimension : new Dimension(extent))]
                    : [.. Enumerable.Repeat(new Dimension(extent), rank)],
            }),
        ],
    };

    private DType[]? Tried(GraphDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return [.. engine.OutputTypes(definition, new Dictionary<string, int>(), cancellationToken).Select(type => type.DType)];
        }
        catch (Exception error) when (error is GraphException or LimitException)
        {
            return null;
        }
    }
}
