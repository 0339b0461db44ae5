using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Initializers;

namespace Backprop.Domain.Training.Binding;

/// <summary>Reads the initial values of parameters.</summary>
/// <param name="definition">The run.</param>
/// <param name="reader">Reads values.</param>
internal sealed class ParameterReader(TrainingDefinition definition, ValueReader reader)
{
    private readonly Dictionary<string, InputDefinition> inputs =
        definition.Graph.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, ConstantDefinition> constants =
        definition.Graph.Constants.ToDictionary(constant => constant.Name, StringComparer.Ordinal);

    /// <summary>A parameter with its initial value.</summary>
    /// <exception cref="GraphException">It has none, or one that does not fit.</exception>
    public BoundParameter Read(string name)
    {
        string path = $"parameters.{name}";
        ParameterStart start = definition.Parameters.TryGetValue(name, out ParameterStart? given) ? given : new ParameterStart();
        (InputDefinition? input, ConstantDefinition? constant) = (inputs.GetValueOrDefault(name), constants.GetValueOrDefault(name));
        Literal? value = start.Value ?? (start.Initializer is null ? constant?.Value : null);
        DType dtype = input?.DType ?? value?.Natural ?? constant?.Value.Natural ?? reader.DType;
        if (!dtype.IsFloat())
        {
            throw new GraphException(path, $"'{name}' is {dtype.Label()}, which has no gradient; parameters are float64 or float32");
        }

        return start.Initializer is { } initializer
            ? new BoundParameter(name, new TensorType(dtype, Shape(initializer, input, constant, path)), null, initializer)
            : Valued(name, value ?? throw new GraphException(path, $"the input '{name}' needs an initial value or an initializer"), dtype, path);
    }

    private BoundParameter Valued(string name, Literal value, DType dtype, string path)
    {
        Tensor tensor = reader.Read(value, dtype, path);
        reader.RequireFinite(tensor, path);
        return tensor.Count > 0
            ? new BoundParameter(name, tensor.Type, tensor, null)
            : throw new GraphException(path, $"the value has shape {tensor.Shape}, and no elements to train");
    }

    private static Shape Shape(InitializerOptions initializer, InputDefinition? input, ConstantDefinition? constant, string path)
    {
        int[]? declared = input is null ? constant!.Value.Value.Shape.Dims.ToArray()
            : input.Shape?.All(dimension => dimension.Symbol is null) == true ? [.. input.Shape.Select(dimension => dimension.Size)]
            : null;
        int[] dims = initializer.Shape?.ToArray() ?? declared
            ?? throw new GraphException($"{path}.shape", $"the graph does not declare the shape of '{input!.Name}': give a shape");
        int wrong = Array.FindIndex(dims, dim => dim < 1);
        if (wrong >= 0)
        {
            throw new GraphException($"{path}.shape[{wrong}]", $"the extent is {dims[wrong]}, expected at least 1");
        }

        var shape = Graphs.Shape.Of(dims);
        if (declared is not null && !shape.Equals(Graphs.Shape.Of(declared)))
        {
            throw new GraphException($"{path}.shape", $"the shape is {shape}, declared is {Graphs.Shape.Of(declared)}");
        }

        InitializerRules.Require(initializer, shape, path);
        return shape;
    }
}
