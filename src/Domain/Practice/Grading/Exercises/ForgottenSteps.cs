using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>The gradients at the first point of a derivation if one step of the backward pass is forgotten.</summary>
/// <param name="Feedback">What is forgotten.</param>
/// <param name="Gradients">The gradients by the values to which they belong.</param>
internal sealed record ForgottenStep(string Feedback, IReadOnlyDictionary<string, Tensor> Gradients);

/// <summary>
/// The usual slips of a backward pass, made on purpose: the program is changed so that reverse mode makes them. Stopping the gradient of a value
/// forgets the paths through it; adding <c>stop_gradient(f(u) − u)</c> to u has the value of f(u) and forgets its derivative.
/// </summary>
internal static class ForgottenSteps
{
    // Large programs have more slips than are worth trying.
    private const int MostTried = 64;

    // Of one value, whose shape they keep.
    private static readonly FrozenSet<string> Functions =
    [
        "Abs", "Atan", "Cos", "Cosh", "Div", "Elu", "Erf", "Exp", "Expm1", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "Log1p",
        "LogSoftmax", "Mish", "Mul", "Neg", "Pow", "Reciprocal", "Relu", "Rsqrt", "Selu", "Sigmoid", "Sin", "Sinh", "Softmax", "Softplus", "Softsign",
        "Sqrt", "Square", "Sub", "Swish", "Tan", "Tanh",
    ];

    /// <summary>The slips that change a gradient.</summary>
    public static IReadOnlyList<ForgottenStep> Of(DerivationKey key, DerivationReference reference, Evaluator evaluator)
    {
        GraphDefinition forward = reference.Forward.Definition;
        DerivationPoint point = reference.Points[0];
        string[] wrt = [.. key.Asked.Select(asked => asked.Of).Distinct()];
        var meter = new WorkMeter(evaluator);
        List<ForgottenStep> steps = [.. Upstream(key, point).Select(slip => Made(slip.Feedback, forward, slip.Cotangents)).OfType<ForgottenStep>()];
        steps.AddRange(Changed(forward).Take(MostTried).Select(slip => Made(slip.Feedback, slip.Program, point.Cotangents)).OfType<ForgottenStep>());
        return steps;

        ForgottenStep? Made(string feedback, GraphDefinition program, IReadOnlyDictionary<string, Tensor> cotangents)
        {
            try
            {
                return new ForgottenStep(feedback, new TensorProgram(program).Gradients(point.Known, cotangents, wrt, meter));
            }
            catch (GraphException)
            {
                // The slip cannot be made in this program, such as forgetting the derivative of a function that changes the shape.
                return null;
            }
        }
    }

    private static IEnumerable<(string Feedback, IReadOnlyDictionary<string, Tensor> Cotangents)> Upstream(DerivationKey key, DerivationPoint point)
    {
        if (key.Cotangents.Count == 0)
        {
            yield break;
        }

        string names = string.Join(" and ", key.Cotangents.Values);
        yield return ($"The upstream gradient {names} is missing: the chain rule multiplies by it.", Ones(point.Cotangents));
        foreach ((string output, string name) in key.Cotangents.Where(_ => key.Cotangents.Count > 1))
        {
            yield return ($"What arrives through {output} is missing: {name} contributes, too.",
                point.Cotangents.ToDictionary(pair => pair.Key, pair => pair.Key == output ? Tensor.Zeros(pair.Value.Type) : pair.Value));
        }
    }

    private static Dictionary<string, Tensor> Ones(IReadOnlyDictionary<string, Tensor> values) =>
        values.ToDictionary(pair => pair.Key, pair => Tensor.Filled(pair.Value.Type, 1), StringComparer.Ordinal);

    private static IEnumerable<(string Feedback, GraphDefinition Program)> Changed(GraphDefinition forward)
    {
        foreach ((int index, NodeDefinition node) in forward.Nodes.Index())
        {
            if (node.Source is { Function: null, Place: { Length: > 0 } place } && Functions.Contains(node.Op) && OnlyOperand(node) is { } operand)
            {
                yield return ($"The derivative of `{place.Part}` is missing: the chain rule multiplies by it.",
                    With(forward, index, [Renamed(node), .. PassedOn(node.Name, operand)]));
            }
        }

        foreach ((int index, NodeDefinition node) in forward.Nodes.Index().Where(entry => TensorProgram.IsWritten(entry.Item.Name)))
        {
            yield return ($"The path through {node.Name} is missing: {node.Name} depends on it, too.",
                With(forward, index, [Renamed(node), Node("StopGradient", node.Name, Raw(node.Name))]));
        }

        foreach ((int index, NodeDefinition node) in forward.Nodes.Index())
        {
            foreach ((int place, Operand operand) in node.Inputs.Index())
            {
                if (operand.Name is { Length: > 0 } name && TensorProgram.IsWritten(name) && Uses(forward, name) > 1)
                {
                    string cut = $"{name}.cut";
                    NodeDefinition changed = node with { Inputs = [.. node.Inputs.Select((input, i) => i == place ? cut : input)] };
                    yield return ($"{name} is used {Uses(forward, name)} times: the gradients of all uses are added, one is missing.",
                        With(forward, index, [Node("StopGradient", cut, name), changed]));
                }
            }
        }
    }

    // The only operand that is a value, if there is one.
    private static string? OnlyOperand(NodeDefinition node) =>
        node.Inputs.Where(input => !string.IsNullOrEmpty(input.Name)).Select(input => input.Name).ToArray() is [{ } only] ? only : null;

    private static int Uses(GraphDefinition forward, string name) =>
        forward.Nodes.Sum(node => node.Inputs.Count(input => input.Name == name));

    private static NodeDefinition Renamed(NodeDefinition node) =>
        node with { Outputs = [.. node.Outputs.Select(output => output == node.Name ? Raw(output) : output)] };

    private static NodeDefinition[] PassedOn(string name, string operand) =>
    [
        Node("Sub", $"{name}.change", Raw(name), operand), Node("StopGradient", $"{name}.stopped", $"{name}.change"),
        Node("Add", name, operand, $"{name}.stopped"),
    ];

    private static string Raw(string name) => $"{name}.raw";

    private static NodeDefinition Node(string op, string name, params string[] operands) =>
        new(op, [.. operands.Select(operand => (Operand)operand)], NodeDefinition.NoAttributes, [name]);

    private static GraphDefinition With(GraphDefinition forward, int index, NodeDefinition[] nodes) =>
        forward with { Nodes = [.. forward.Nodes.Take(index), .. nodes, .. forward.Nodes.Skip(index + 1)] };
}
