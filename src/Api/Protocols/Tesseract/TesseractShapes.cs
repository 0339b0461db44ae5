using Backprop.Api.Platform.Requests;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Inputs with only shapes and dtypes, as <c>abstract_eval</c> takes them. A full array is also accepted: if a value determines a shape, its type
/// does not suffice.
/// </summary>
/// <param name="call">The request.</param>
/// <param name="arrays">Reads it.</param>
internal sealed class TesseractShapes(TesseractCall call, ArrayReader arrays)
{
    private readonly Dictionary<string, int> symbols = new(StringComparer.Ordinal);

    /// <summary>The graph with numeric shapes; inputs with a value become constants.</summary>
    public GraphDefinition Definition()
    {
        var inputs = new List<InputDefinition>();
        var constants = new List<ConstantDefinition>(call.Model.Definition.Constants);
        foreach ((InputDefinition input, ReadOnlyMemory<byte> json) in call.Each())
        {
            object[] loc = ["body", "inputs", input.Name];
            DType dtype = RegisteredModel.TypeOf(input);
            if (json.Span[0] == '{' && JsonMembers.Read(json) is var members && !members.TryGet("data", out _))
            {
                if (Described(json, members, dtype, loc) is { } shape && Fits(input, shape, json, loc))
                {
                    inputs.Add(new InputDefinition(input.Name, dtype, [.. shape.Dims.ToArray().Select(extent => new Dimension(extent))]));
                }
            }
            else if (arrays.Read(json, dtype, loc) is { } value && Fits(input, value.Value.Shape, json, loc))
            {
                constants.Add(new ConstantDefinition(input.Name, Stated(value, dtype, json, loc)));
            }
        }

        return call.Model.Definition with { Inputs = inputs, Constants = constants };
    }

    private Shape? Described(ReadOnlyMemory<byte> json, JsonMembers members, DType dtype, object[] loc)
    {
        call.Faults.RefuseExtras(members, ["shape", "dtype"], loc);
        Shape? shape = call.Faults.Require(members, "shape", json, loc) is { } given ? arrays.ReadShape(given, loc) : null;
        if (call.Faults.Require(members, "dtype", json, loc) is { } type)
        {
            arrays.ReadType(type, dtype, loc);
        }

        return shape;
    }

    // The same rules as for values: the rank, the extents, and the same extent for a symbol everywhere.
    private bool Fits(InputDefinition input, Shape shape, ReadOnlyMemory<byte> json, object[] loc)
    {
        if (input.Shape is not { } declared)
        {
            return true;
        }

        bool fits = declared.Count == shape.Rank;
        for (int axis = 0; fits && axis < shape.Rank; axis++)
        {
            if (declared[axis].Symbol is { } symbol)
            {
                symbols.TryAdd(symbol, shape[axis]);
            }

            fits = shape[axis] == (declared[axis].Symbol is { } name ? symbols[name] : declared[axis].Size);
        }

        if (!fits)
        {
            call.Faults.Value([.. loc, "shape"], json,
                $"the shape {shape} does not match the declared [{string.Join(',', declared.Select(extent => extent.Symbol ?? $"{extent.Size}"))}]");
        }

        return fits;
    }

    private Literal Stated(Literal value, DType dtype, ReadOnlyMemory<byte> json, object[] loc)
    {
        try
        {
            return new Literal(value.As(dtype), dtype);
        }
        catch (FormatException error)
        {
            call.Faults.Value(loc, json, error.Message);
            return value;
        }
    }
}
