using Backprop.Domain.Graphs;
using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Training.Binding;

/// <summary>The graph with its parameters as inputs. Constants can be parameters; by default all float initializers of the graph are.</summary>
internal static class ParameterInputs
{
    // Running mean and variance: their gradient is no way to learn them.
    private const int FirstStatistic = 3;

    /// <summary>The graph, with parameters that are constants moved to its inputs.</summary>
    /// <exception cref="GraphException">A name is not an input or constant, or there is nothing to train.</exception>
    public static GraphDefinition Of(TrainingDefinition definition, CancellationToken cancellationToken)
    {
        GraphDefinition graph = definition.Graph;
        HashSet<string> inputs = [.. graph.Inputs.Select(input => input.Name)], constants = [.. graph.Constants.Select(constant => constant.Name)];
        HashSet<string> chosen = definition.Parameters.Count > 0 ? [.. definition.Parameters.Keys] : Initializers(definition);
        foreach (string name in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!inputs.Contains(name) && !constants.Contains(name))
            {
                throw new GraphException($"parameters.{name}",
                    $"'{name}' is not an input or constant of the graph{new NameSuggestions(inputs.Concat(constants)).Hint(name)}");
            }
        }

        if (chosen.Count == 0)
        {
            throw new GraphException("parameters", "there is nothing to train: name parameters, which are float inputs or constants of the graph");
        }

        ConstantDefinition[] moved = [.. graph.Constants.Where(constant => chosen.Contains(constant.Name))];
        return graph with
        {
            Inputs = [.. graph.Inputs, .. moved.Select(constant => AsInput(constant, definition.DType))],
            Constants = [.. graph.Constants.Where(constant => !chosen.Contains(constant.Name))],
        };
    }

    /// <summary>The names of the parameters in the order of the graph's inputs.</summary>
    public static IReadOnlyList<string> Names(TrainingDefinition definition, GraphDefinition graph)
    {
        HashSet<string> original = [.. definition.Graph.Inputs.Select(input => input.Name)];
        return [.. graph.Inputs.Select(input => input.Name).Where(name => !original.Contains(name) || definition.Parameters.ContainsKey(name))];
    }

    private static HashSet<string> Initializers(TrainingDefinition definition)
    {
        HashSet<string> statistics = [.. definition.Graph.Nodes.Where(node => node.Op == "BatchNormalization")
            .SelectMany(node => node.Inputs.Skip(FirstStatistic)).Select(operand => operand.Name).OfType<string>()];
        return [.. definition.Graph.Constants
            .Where(constant => !constant.IsFixed && (constant.Value.Natural ?? definition.DType).IsFloat() && !statistics.Contains(constant.Name))
            .Select(constant => constant.Name)];
    }

    private static InputDefinition AsInput(ConstantDefinition constant, DType dtype) => new(
        constant.Name, constant.Value.Natural ?? dtype, [.. constant.Value.Value.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]);
}
