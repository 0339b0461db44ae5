using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Api.Features.StepCosts;

/// <summary>A graph whose inputs have shapes stated by a request instead of values.</summary>
internal static class ShapedGraph
{
    /// <summary>The graph with only numeric extents. An input without a declared or stated shape stays as it is.</summary>
    /// <exception cref="GraphException">A shape is for an unknown input, or does not match the declaration.</exception>
    public static GraphDefinition Of(GraphDefinition graph, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        var inputs = graph.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<long> shape) in shapes)
        {
            InputDefinition input = inputs.GetValueOrDefault(name)
                ?? throw new GraphException($"shapes.{name}",
                    $"the graph has no input '{name}'{new NameSuggestions(inputs.Keys).Hint(name)}");
            Dimension[] dimensions = [.. shape.Select((extent, axis) => new Dimension(Extent(extent, $"shapes.{name}[{axis}]")))];
            Fit(input, dimensions, symbols);
            inputs[name] = input with { Shape = dimensions };
        }

        return graph with { Inputs = [.. graph.Inputs.Select(input => Bound(inputs[input.Name], symbols))] };
    }

    private static void Fit(InputDefinition input, Dimension[] shape, Dictionary<string, int> symbols)
    {
        if (input.Shape is not { } declared)
        {
            return;
        }

        if (declared.Count != shape.Length)
        {
            throw new GraphException($"shapes.{input.Name}", $"the input has rank {declared.Count}, the shape has {shape.Length} extents");
        }

        for (int axis = 0; axis < shape.Length; axis++)
        {
            int expected = declared[axis].Symbol is { } symbol ? symbols.TryAdd(symbol, shape[axis].Size) ? shape[axis].Size : symbols[symbol]
                : declared[axis].Size;
            if (expected != shape[axis].Size)
            {
                throw new GraphException($"shapes.{input.Name}[{axis}]", $"the extent is {shape[axis].Size}, expected {expected}");
            }
        }
    }

    private static InputDefinition Bound(InputDefinition input, Dictionary<string, int> symbols) => input.Shape is null ? input : input with
    {
        Shape = [.. input.Shape.Select(dimension => dimension.Symbol is not { } symbol ? dimension
            : symbols.TryGetValue(symbol, out int size) ? new Dimension(size)
            : throw new GraphException($"shapes.{input.Name}", $"the extent of '{symbol}' is not known: no shape and no value binds it"))],
    };

    private static int Extent(long extent, string path) => extent is >= 0 and <= int.MaxValue
        ? (int)extent
        : throw new GraphException(path, $"an extent must lie between 0 and {int.MaxValue}; got {extent}");
}
