using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Graphs.Binding;

/// <summary>The inputs of a graph, typed.</summary>
/// <param name="Types">The types of one point, in the order of the inputs.</param>
/// <param name="Tensors">The submitted values, with the batch axis if there is one; empty if none were submitted.</param>
/// <param name="BatchSize">The number of points, or null if there is no batch.</param>
public sealed record BoundInputs(IReadOnlyList<TensorType> Types, IReadOnlyList<Tensor> Tensors, int? BatchSize);

/// <summary>Types the inputs of a graph by their declarations and submitted values.</summary>
public sealed class InputBinder
{
    private const int MostNamed = 20;

    private readonly GraphDefinition definition;
    private readonly IReadOnlyDictionary<string, Literal> values;
    private readonly BindingOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly Dictionary<string, (int Size, string Input)> symbols = new(StringComparer.Ordinal);
    private readonly HashSet<string> batched;
    private readonly List<Tensor> tensors = [];
    private int? batchSize;

    private InputBinder(GraphDefinition definition, IReadOnlyDictionary<string, Literal> values, BindingOptions options,
        CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        this.definition = definition;
        this.values = values;
        this.options = options;
        batched = [.. options.Batch];
    }

    /// <summary>Types the inputs of a definition.</summary>
    /// <exception cref="GraphException">A value is missing, unknown, or does not fit its declaration.</exception>
    public static BoundInputs Bind(
        GraphDefinition definition, IReadOnlyDictionary<string, Literal> values, BindingOptions options,
            CancellationToken cancellationToken = default) =>
        new InputBinder(definition, values, options, cancellationToken).Bind();

    private BoundInputs Bind()
    {
        RequireKnown(values.Keys, (name, _) => $"inputs.{name}");
        RequireKnown(options.Batch, (_, place) => $"batch[{place}]");
        RequireValues();
        DistinctNames.Require(options.Batch, "batch");
        return new BoundInputs([.. definition.Inputs.Select(Bind)], tensors, batchSize);
    }

    private void RequireKnown(IEnumerable<string> names, Func<string, int, string> path)
    {
        var known = definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach ((int place, string name) in names.Index())
        {
            if (!known.Contains(name))
            {
                string hint = known.Count == 0 ? ", which has none" : new NameSuggestions(definition.Inputs.Select(input => input.Name)).Hint(name);
                throw new GraphException(path(name, place), $"'{name}' is not an input of the graph{hint}");
            }
        }
    }

    // All missing values at once, so that nobody has to ask once per input.
    private void RequireValues()
    {
        string[] missing = options.HasValues ? [.. definition.Inputs.Select(input => input.Name).Where(name => !values.ContainsKey(name))] : [];
        if (missing.Length > 0)
        {
            string more = missing.Length > MostNamed ? ", …" : string.Empty;
            string names = string.Join(", ", missing.Take(MostNamed).Select(name => $"'{name}'")) + more;
            throw new GraphException($"inputs.{missing[0]}", missing.Length == 1
                ? $"the input {names} has no value"
                : $"the {missing.Length} inputs {names} have no values")
            { OtherPaths = [.. missing.Skip(1).Take(MostNamed).Select(name => $"inputs.{name}")] };
        }
    }

    private TensorType Bind(InputDefinition input)
    {
        if (!options.HasValues)
        {
            return new TensorType(input.DType ?? options.DefaultDType, Declared(input));
        }

        cancellationToken.ThrowIfCancellationRequested();
        string path = $"inputs.{input.Name}";
        Literal literal = values[input.Name];
        Tensor tensor = Typed(literal, input.DType ?? literal.Natural ?? options.DefaultDType, path);
        tensors.Add(tensor);
        Shape point = batched.Contains(input.Name) ? Point(tensor.Shape, path) : tensor.Shape;
        RequireDeclared(input, point, path);
        return new TensorType(tensor.DType, point);
    }

    private Tensor Typed(Literal literal, DType dtype, string path)
    {
        try
        {
            return literal.As(dtype, cancellationToken);
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

        batchSize ??= shape[0];
        return shape[0] == batchSize
            ? Shape.Of(shape.Dims[1..])
            : throw new GraphException(path, $"the batch has {batchSize} points, this value has {shape[0]}");
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
                string why = declared[axis].Symbol is { } name ? $"'{name}' is {expected} by input '{symbols[name].Input}'"
                    : $"declared is {Text(declared)}";
                throw new GraphException(path, $"the value has shape {shape}, {why}");
            }
        }
    }

    private int Bound(string symbol, int extent, string input)
    {
        symbols.TryAdd(symbol, (extent, input));
        return symbols[symbol].Size;
    }

    // Without values, an input without a shape is a scalar.
    private Shape Declared(InputDefinition input) => Shape.Of([.. (input.Shape ?? []).Select(dimension =>
        dimension.Symbol is not { } symbol ? dimension.Size
        : options.Dimensions.TryGetValue(symbol, out int size) ? size
        : throw new GraphException($"dimensions.{symbol}", $"the extent of '{symbol}' in input '{input.Name}' is not known: no value binds it"))]);

    private static string Text(IReadOnlyList<Dimension> shape) => $"[{string.Join(',', shape.Select(d => d.Symbol ?? d.Size.ToString()))}]";
}
