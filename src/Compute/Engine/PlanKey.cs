using System.Security.Cryptography;
using System.Text;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;

namespace Backprop.Compute.Engine;

/// <summary>What identifies a plan: the graph, the query, the types, and the values of the static inputs.</summary>
internal static class PlanKey
{
    /// <summary>Everything except the values.</summary>
    public static string Of(ComputationRequest submission, DerivativeQuery query, BoundInputs inputs)
    {
        var key = new StringBuilder(submission.Id, 256);
        key.Append('|').Append(query.Key).Append('|').Append(submission.DType).Append('|').AppendJoin(',', submission.Batch).Append('|')
            .Append(inputs.BatchSize).Append('|').Append(submission.Device);
        foreach (TensorType type in inputs.Types)
        {
            key.Append('|').Append(type.ToString());
        }

        return key.ToString();
    }

    /// <summary>The values of the named inputs.</summary>
    public static string OfValues(ComputationRequest submission, BoundInputs inputs, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "|";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        HashSet<string> staticInputs = [.. names];
        for (int i = 0; i < submission.Definition.Inputs.Count; i++)
        {
            if (staticInputs.Contains(submission.Definition.Inputs[i].Name))
            {
                hash.AppendData(inputs.Tensors[i].Bytes());
            }
        }

        return "|" + Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Approximately how many bytes a list of names keeps alive.</summary>
    public static long Bytes(string[] names) => 64 + names.Sum(name => 32 + (2L * name.Length));

    /// <summary>Approximately how many bytes a plan keeps alive: its nodes and its constants.</summary>
    public static long Bytes(CompiledQuery compiled) =>
        compiled.Graph.Nodes.Sum(node => 256 + (node.Value is { } value ? (long)value.Count * value.DType.Size() : 0));
}
