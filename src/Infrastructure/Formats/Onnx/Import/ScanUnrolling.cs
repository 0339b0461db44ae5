using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Scan, from opset 9: one run of its body per slice of its scanned operands, whose extent must be known.</summary>
/// <param name="definition">Where nodes are added.</param>
/// <param name="nodes">Emits the nodes of the body.</param>
/// <param name="known">Knows extents.</param>
internal sealed class ScanUnrolling(DefinitionEmission definition, NodeImport nodes, KnownParts known)
{
    private const long First = 9;

    /// <summary>Emits a Scan.</summary>
    /// <exception cref="GraphException">An extent is not known, or the node is invalid.</exception>
    public void Emit(ControlNode node, ImportedSubgraph body)
    {
        if (node.Scope.Sets.VersionOf(OnnxDomains.Standard, node.Label) < First)
        {
            throw node.Refused("its form with a batch, before opset 9, is not supported");
        }

        int scanned = (int)Math.Clamp(node.Attributes.FirstOrDefault(attribute => attribute.Name == "num_scan_inputs")?.Int ?? 0, 0, int.MaxValue),
            carried = node.Inputs.Count - scanned;
        int collected = body.Outputs.Count - carried;
        if (scanned < 1 || carried < 0 || collected < 0 || body.Inputs.Count != node.Inputs.Count || node.Outputs.Count > body.Outputs.Count)
        {
            throw node.Refused($"{node.Inputs.Count} operands, of which {scanned} are scanned, do not match a body of {body.Inputs.Count} inputs " +
                $"and {body.Outputs.Count} outputs");
        }

        (long[] axes, long[] backwards) = (node.Numbers("scan_input_axes", scanned), node.Numbers("scan_input_directions", scanned));
        int length = Length(node, [.. node.Inputs.Skip(carried)], axes);
        string[] state = [.. node.Inputs.Take(carried)];
        List<string>[] parts = [.. Enumerable.Range(0, collected).Select(_ => new List<string>())];
        long[] outputAxes = node.Numbers("scan_output_axes", collected);
        for (int step = 0; step < length; step++)
        {
            int at = step;
            IEnumerable<string> slices = Enumerable.Range(0, scanned)
                .Select(place => Slice(node, node.Inputs[carried + place], axes[place], backwards[place] == 0 ? at : length - 1 - at));
            string[] made = body.Run(nodes, [.. state, .. slices]);
            state = made[..carried];
            for (int place = 0; place < collected; place++)
            {
                parts[place].Add(node.Emit(definition, "Unsqueeze", [made[carried + place]], ("axes", new[] { outputAxes[place] })));
            }
        }

        long[] reversed = node.Numbers("scan_output_directions", collected);
        node.Name(definition,
            [.. state, .. parts.Select((list, place) => Joined(node, carried + place, list, outputAxes[place], reversed[place] != 0))]);
    }

    private string Slice(ControlNode node, string operand, long axis, int at) =>
        node.Emit(definition, "Gather", [operand, node.Constant(definition, Tensor.Scalar((long)at))], ("axis", axis));

    private string Joined(ControlNode node, int value, List<string> parts, long axis, bool reversed)
    {
        bool isWanted = value < node.Outputs.Count && node.Outputs[value].Length > 0 && parts.Count > 0;
        return !isWanted ? string.Empty
            : node.Emit(definition, "Concat", [.. (reversed ? parts.AsEnumerable().Reverse() : parts).Select(part => (Operand)part)], ("axis", axis));
    }

    private int Length(ControlNode node, string[] scanned, long[] axes)
    {
        int? length = null;
        for (int i = 0; i < scanned.Length; i++)
        {
            Shape shape = known.TypeOf(scanned[i])?.Shape
                ?? throw node.Refused($"the shape of '{scanned[i]}' is not known before values are submitted, so neither is the number of steps");
            long axis = axes[i] < 0 ? axes[i] + shape.Rank : axes[i];
            if (axis < 0 || axis >= shape.Rank || (length ?? shape[(int)axis]) != shape[(int)axis])
            {
                throw node.Refused($"'{scanned[i]}' of shape {shape} is scanned along axis {axes[i]}, others in {length} steps");
            }

            length = shape[(int)axis];
        }

        return length!.Value;
    }
}
