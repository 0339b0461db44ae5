namespace Backprop.Domain.Graphs;

/// <summary>Types the inputs of a graph by what is declared and what is submitted.</summary>
internal sealed class InputBinding(GraphDefinition definition, IReadOnlyDictionary<string, Literal> values, BindingOptions options)
{
    private readonly Dictionary<string, (int Size, string Input)> symbols = new(StringComparer.Ordinal);

    /// <summary>The submitted values in the order of the inputs.</summary>
    public List<Tensor> Tensors { get; } = [];

    /// <summary>The number of points.</summary>
    public int? BatchSize { get; private set; }

    /// <summary>The types of one point, in the order of the inputs.</summary>
    public List<TensorType> Bind()
    {
        RequireKnown(values.Keys, name => $"inputs.{name}", "is a value for no input of the graph");
        for (int i = 0; i < options.Batch.Count; i++)
        {
            RequireKnown([options.Batch[i]], _ => $"batch[{i}]", "is no input of the graph");
        }

        return [.. definition.Inputs.Select(Bind)];
    }

    private void RequireKnown(IEnumerable<string> names, Func<string, string> path, string complaint)
    {
        var known = definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!known.Contains(name))
            {
                throw new GraphException(path(name), $"'{name}' {complaint}");
            }
        }
    }

    private TensorType Bind(InputDefinition input)
    {
        if (!options.HasValues)
        {
            return new TensorType(input.DType ?? options.DefaultDType, Declared(input));
        }

        string path = $"inputs.{input.Name}";
        Literal literal = values.GetValueOrDefault(input.Name) ?? throw new GraphException(path, $"the input '{input.Name}' has no value");
        Tensor tensor = Typed(literal, input.DType ?? literal.Natural ?? options.DefaultDType, path);
        Tensors.Add(tensor);
        Shape point = options.Batch.Contains(input.Name) ? Point(tensor.Shape, path) : tensor.Shape;
        RequireDeclared(input, point, path);
        return new TensorType(tensor.DType, point);
    }

    private static Tensor Typed(Literal literal, DType dtype, string path)
    {
        try
        {
            return literal.As(dtype);
        }
        catch (FormatException error)
        {
            throw new GraphException(path, error.Message);
        }
    }

    private Shape Point(Shape shape, string path)
    {
        if (shape.Rank == 0)
        {
            throw new GraphException(path, "a batched input needs a leading axis of points, the value is a scalar");
        }

        BatchSize ??= shape[0];
        return shape[0] == BatchSize
            ? Shape.Of(shape.Dims[1..])
            : throw new GraphException(path, $"the batch has {BatchSize} points, this value has {shape[0]}");
    }

    private void RequireDeclared(InputDefinition input, Shape shape, string path)
    {
        if (input.Shape is not { } declared)
        {
            return;
        }

        if (declared.Count != shape.Rank)
        {
            throw new GraphException(path, $"the value has shape {shape}, declared is {Text(declared)}");
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int expected = declared[axis].Symbol is { } symbol ? Bound(symbol, shape[axis], input.Name) : declared[axis].Size;
            if (expected != shape[axis])
            {
                string why = declared[axis].Symbol is { } name ? $"'{name}' is {expected} by input '{symbols[name].Input}'" : $"declared is {Text(declared)}";
                throw new GraphException(path, $"the value has shape {shape}, {why}");
            }
        }
    }

    private int Bound(string symbol, int extent, string input)
    {
        symbols.TryAdd(symbol, (extent, input));
        return symbols[symbol].Size;
    }

    // Without values an input without a shape is a scalar.
    private Shape Declared(InputDefinition input) => Shape.Of([.. (input.Shape ?? []).Select(dimension =>
        dimension.Symbol is not { } symbol ? dimension.Size
        : options.Dimensions.TryGetValue(symbol, out int size) ? size
        : throw new GraphException($"dimensions.{symbol}", $"the extent of '{symbol}' in input '{input.Name}' is not known: no value binds it"))]);

    private static string Text(IReadOnlyList<Dimension> shape) => $"[{string.Join(',', shape.Select(d => d.Symbol ?? d.Size.ToString()))}]";
}
