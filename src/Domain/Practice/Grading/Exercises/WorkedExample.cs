using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>A graph with one output of one element and values for its inputs, whose walk-through is the worked solution of a question.</summary>
/// <param name="Expression">The graph, in the expression language.</param>
/// <param name="Inputs">The values of its inputs.</param>
/// <param name="Wrt">The inputs with respect to which it is differentiated; null for all.</param>
public sealed record WorkedExample(string Expression, IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyList<string>? Wrt = null)
{
    private static readonly string[] LossNames = ["L", "loss", "total_loss"];

    /// <summary>The graph of a figure; null if it has inputs without values.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="inputs">The inputs of its graph.</param>
    internal static WorkedExample? Of(Figure figure, IReadOnlyList<InputDefinition> inputs) =>
        inputs.All(input => figure.Inputs.ContainsKey(input.Name))
            ? new WorkedExample(figure.Expression, inputs.ToDictionary(input => input.Name, input => Tensor.Scalar(figure.Inputs[input.Name])))
            : null;

    /// <summary>
    /// The program of a derivation at a point. The sum of each output times its upstream gradient has these gradients.
    /// </summary>
    internal static WorkedExample Of(DerivationKey key, TensorProgram forward, DerivationPoint point)
    {
        string loss = LossNames.First(name => !point.Known.ContainsKey(name));
        string terms = string.Join(" + ", key.Cotangents.Select(pair => $"sum({pair.Key} * {pair.Value})"));
        string expression = key.Cotangents.Count == 0 ? key.Forward : $"{key.Forward.TrimEnd()}\n{loss} = {terms}";
        return Of(key, expression, forward.Definition.Inputs.Select(input => input.Name).Concat(key.Cotangents.Values), point.Known);
    }

    /// <summary>An expression with the values of its inputs, differentiated with respect to the real ones.</summary>
    internal static WorkedExample Of(IExercise exercise, string expression, IEnumerable<string> inputs, IReadOnlyDictionary<string, Tensor> known)
    {
        string[] names = [.. inputs.Distinct()];
        return new WorkedExample(expression, names.ToDictionary(name => name, name => known[name], StringComparer.Ordinal),
            [.. names.Where(name => exercise.Inputs.TryGetValue(name, out DrawnInput? input) && input.Below is null)]);
    }
}
