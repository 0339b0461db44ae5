using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Steps;

namespace Backprop.Domain.Training.Binding;

/// <summary>Compares values with the shapes that the graph declares for its inputs.</summary>
internal static class DeclaredShapes
{
    /// <summary>Requires that all types fit; a symbolic dimension has one extent everywhere.</summary>
    /// <exception cref="GraphException">One does not.</exception>
    public static void Require(BoundTraining training, IReadOnlyList<TensorType> types)
    {
        var symbols = new Dictionary<string, (int Size, string Input)>(StringComparer.Ordinal);
        IReadOnlyList<InputDefinition> inputs = training.Order.Definition.Inputs;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Shape is { } declared)
            {
                Require(inputs[i].Name, declared, types[i].Shape, training.Roles[i].Role, symbols);
            }
        }
    }

    private static void Require(
        string name, IReadOnlyList<Dimension> declared, Shape shape, StepRole role, Dictionary<string, (int Size, string Input)> symbols)
    {
        string path = PathOf(role, name);
        if (declared.Count != shape.Rank)
        {
            throw new GraphException(path, $"the value has shape {shape}, declared is {Text(declared)}");
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int expected = declared[axis].Size;
            string why = $"declared is {Text(declared)}";
            if (declared[axis].Symbol is { } symbol)
            {
                symbols.TryAdd(symbol, (shape[axis], name));
                expected = symbols[symbol].Size;
                why = $"'{symbol}' is {expected} by '{symbols[symbol].Input}'";
            }

            if (expected != shape[axis])
            {
                throw role == StepRole.Data && axis == 0
                    ? new GraphException("batchSize", $"a batch of {shape[0]} examples gives '{name}' the shape {shape}, but {why}; " +
                        $"use a batchSize of {expected}, and dropLast if the data is not a multiple of it")
                    : new GraphException(path, $"the value has shape {shape}, {why}");
            }
        }
    }

    private static string PathOf(StepRole role, string name) => role switch
    {
        StepRole.Data => $"data.{name}",
        StepRole.Fixed => $"inputs.{name}",
        _ => $"parameters.{name}",
    };

    private static string Text(IReadOnlyList<Dimension> shape) => $"[{string.Join(',', shape.Select(d => d.Symbol ?? d.Size.ToString()))}]";
}
