using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>
/// The shapes that inputs have by a request's <c>config</c>: <c>{"shapes":{"x":[2,3]},"dimensions":{"batch":4}}</c>. The first gives the shape of an
/// input that declares none (it is a scalar otherwise), the second binds symbolic dimensions. Other members are for other models and are left alone.
/// </summary>
internal static class UmBridgeConfig
{
    /// <summary>The definition with every input's shape in numbers.</summary>
    /// <exception cref="JsonException">A member is of another kind.</exception>
    /// <exception cref="Backprop.Api.Platform.Errors.ProblemException">A shape is given for what has one, an extent is negative, or a dimension
    /// stays open.</exception>
    public static GraphDefinition Apply(GraphDefinition definition, JsonMembers? config)
    {
        Dictionary<string, int[]> shapes = Read<int[]>(config, "shapes");
        Dictionary<string, int> dimensions = Read<int>(config, "dimensions");
        HashSet<string> open = [.. definition.Inputs.Where(input => input.Shape is null).Select(input => input.Name)];
        if (shapes.Keys.FirstOrDefault(name => !open.Contains(name)) is { } known)
            throw UmBridgeErrors.Invalid("config.shapes", $"'{known}' is no input, or one that declares its shape.");
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
            : throw UmBridgeErrors.Invalid("config", $"An extent of the input '{input.Name}' is negative.");

        Dimension Bound(Dimension dimension) => dimension.Symbol is not { } symbol ? dimension
            : dimensions.TryGetValue(symbol, out int size) ? new Dimension(size)
            : throw UmBridgeErrors.Invalid("config.dimensions",
                $"The extent of '{symbol}' in the input '{input.Name}' is open; config.dimensions gives it.");
    }

    private static Dictionary<string, T> Read<T>(JsonMembers? config, string member) =>
        config?.TryGet(member, out ReadOnlyMemory<byte> value) == true ? JsonSerializer.Deserialize<Dictionary<string, T>>(value.Span) ?? [] : [];
}
