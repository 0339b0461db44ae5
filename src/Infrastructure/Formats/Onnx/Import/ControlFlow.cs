using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>
/// If and Loop as graphs without control flow: for If, the taken branch if the condition is known, otherwise both branches and a choice between their
/// results; for Loop each iteration, if their number is known.
/// </summary>
/// <param name="definition">Where nodes are added.</param>
/// <param name="unsupported">Collects the unsupported constructs found.</param>
/// <param name="nodes">Emits the nodes of the graphs.</param>
/// <param name="known">Knows conditions, numbers and types.</param>
internal sealed class ControlFlow(DefinitionEmission definition, Unsupported unsupported, NodeImport nodes, KnownParts known)
{
    /// <summary>Emits a node that has graphs.</summary>
    /// <exception cref="GraphException">The deciding value is not known, or the node is invalid.</exception>
    public void Emit(ControlNode node)
    {
        switch (node.Operator)
        {
            case "If": If(node); break;
            case "Loop": Loop(node); break;
            default: new ScanUnrolling(definition, nodes, known).Emit(node, Graph(node, "body")); break;
        }
    }

    private void If(ControlNode node)
    {
        string condition = node.Required(0);
        if (known.ValueOf(condition) is { } value)
        {
            if (value is not { DType: DType.Bool, Count: 1 })
            {
                throw node.Refused($"the condition must be a single truth value; it is {value.Type}");
            }

            node.Name(definition, Graph(node, value[0] != 0 ? "then_branch" : "else_branch").Run(nodes, []));
            return;
        }

        string[] taken = Graph(node, "then_branch").Run(nodes, []), other = Graph(node, "else_branch").Run(nodes, []);
        string one = node.Emit(definition, "Reshape", [condition], ("shape", Array.Empty<long>()));
        string[] chosen = new string[node.Outputs.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            RequireSame(node, taken.ElementAtOrDefault(i), other.ElementAtOrDefault(i));
            chosen[i] = node.Outputs[i].Length == 0 ? string.Empty : node.Emit(definition, "Where", [one, taken[i], other[i]]);
        }

        node.Name(definition, chosen);
    }

    // Where would broadcast one result to the shape of the other.
    private void RequireSame(ControlNode node, string? taken, string? other)
    {
        if (taken is null || other is null)
        {
            throw node.Refused($"it has {node.Outputs.Count} values, a branch has fewer");
        }

        (TensorType? one, TensorType? two) = (known.TypeOf(taken), known.TypeOf(other));
        if (one is null || two is null || !one.Equals(two))
        {
            throw node.Refused(
                $"the condition is not known before the graph runs, and the branches compute {one?.ToString() ?? "an unknown type"} and " +
                    $"{two?.ToString() ?? "an unknown type"}: "
                + "they must compute the same type, or the condition must follow from constants, shapes or submitted values that are not batched");
        }
    }

    private void Loop(ControlNode node)
    {
        ImportedSubgraph body = Graph(node, "body");
        List<string> carried = [.. node.Inputs.Skip(2)];
        if (body.Inputs.Count != carried.Count + 2 || body.Outputs.Count < carried.Count + 1 || node.Outputs.Count > body.Outputs.Count - 1)
        {
            throw node.Refused($"its body has {body.Inputs.Count} inputs and {body.Outputs.Count} outputs, which do not match {carried.Count} " +
                $"carried values and {node.Outputs.Count} results");
        }

        List<string>[] collected = [.. Enumerable.Range(0, body.Outputs.Count - 1 - carried.Count).Select(_ => new List<string>())];
        long most = node.Has(0) ? Number(node, node.Inputs[0]) : long.MaxValue;
        string condition = node.Has(1) ? node.Inputs[1] : node.Constant(definition, Tensor.Scalar(true));
        for (long i = 0; i < most && IsTrue(node, condition); i++)
        {
            string[] made = body.Run(nodes, [node.Constant(definition, Tensor.Scalar(i)), condition, .. carried]);
            condition = made[0];
            carried = [.. made.Skip(1).Take(carried.Count)];
            for (int place = 0; place < collected.Length; place++)
            {
                collected[place].Add(node.Emit(definition, "Unsqueeze", [made[1 + carried.Count + place]], ("axes", new long[] { 0 })));
            }
        }

        node.Name(definition, [.. carried, .. collected.Select((parts, i) => Joined(node, parts, carried.Count + i))]);
    }

    // Without iterations nothing is collected, and the value does not exist, since its shape is not known.
    private string Joined(ControlNode node, List<string> parts, int place) => place >= node.Outputs.Count || node.Outputs[place].Length == 0
        || parts.Count == 0
        ? string.Empty
        : node.Emit(definition, "Concat", [.. parts.Select(part => (Operand)part)], ("axis", 0L));

    private bool IsTrue(ControlNode node, string condition) => known.ValueOf(condition) is { Count: 1 } value
        ? value[0] != 0
        : throw node.Refused(Undecided("whether it continues"));

    private long Number(ControlNode node, string name) => known.ValueOf(name) is { DType: DType.Int64, Count: 1 } value
        ? value.ToIntegers()[0]
        : throw node.Refused(Undecided("the number of iterations"));

    private static string Undecided(string what) =>
        $"{what} is not known before the graph runs: it must follow from constants, shapes or submitted values that are not batched";

    private ImportedSubgraph Graph(ControlNode node, string name) => new(
        node.Graphs.GetValueOrDefault(name) ?? throw node.Refused($"the attribute {name} is missing"), node.Scope, node.Label, definition,
            unsupported);
}
