using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>
/// The shapes that a request's <c>config</c> gives to inputs: <c>{"shapes":{"x":[2,3]},"dimensions":{"batch":4}}</c>. The first gives the shape of an
/// input that declares none (otherwise it is a scalar), the second binds symbolic dimensions. Other members are for other models and are ignored.
/// </summary>
internal static class UmBridgeConfig
{
    /// <summary>The definition with numeric shapes of all inputs.</summary>
    /// <exception cref="JsonException">A member has the wrong type.</exception>
    /// <exception cref="Backprop.Api.Platform.Problems.ProblemException">A shape is given for an input that declares one, an extent is negative, or a
    /// dimension is not bound.</exception>
    public static GraphDefinition Apply(GraphDefinition definition, JsonMembers? config)
    {
        Dictionary<string, int[]> shapes = Read<int[]>(config, "shapes");
        Dictionary<string, int> dimensions = Read<int>(config, "dimensions");
        HashSet<string> open = [.. definition.Inputs.Where(input => input.Shape is null).Select(input => input.Name)];
        if (shapes.Keys.FirstOrDefault(name => !open.Contains(name)) is { } known)
        {
            throw UmBridgeErrors.Invalid("config.shapes", $"'{known}' is not an input without a declared shape.");
        }

        return definition with
        {
            Inputs = [.. definition.Inputs.Select(input =>
            input with { Shape = Shape(input, shapes.GetValueOrDefault(input.Name), dimensions) })]
        };
    }

    private static Dimension[] Shape(InputDefinition input, int[]? given, Dictionary<string, int> dimensions)
    {
        Dimension[] shape = given is not null ? Array.ConvertAll(given, size => new Dimension(size)) : [.. (input.Shape ?? []).Select(Bound)];
        return shape.All(dimension => dimension.Size >= 0) ? shape
            : throw UmBridgeErrors.Invalid("config", $"The extents of the input '{input.Name}' must not be negative.");

        Dimension Bound(Dimension dimension) => dimension.Symbol is not { } symbol ? dimension
            : dimensions.TryGetValue(symbol, out int size) ? new Dimension(size)
            : throw UmBridgeErrors.Invalid("config.dimensions",
                $"The dimension '{symbol}' of the input '{input.Name}' is not bound; set it in config.dimensions.");
    }

    private static Dictionary<string, T> Read<T>(JsonMembers? config, string member) =>
        config?.TryGet(member, out ReadOnlyMemory<byte> value) == true ? JsonSerializer.Deserialize<Dictionary<string, T>>(value.Span) ?? [] : [];
}
