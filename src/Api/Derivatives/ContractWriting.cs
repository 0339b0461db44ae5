using Backprop.Api.Errors;
using Backprop.Client;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Derivatives;

/// <summary>Values of the domain as contract records, in the encoding that a request asked for.</summary>
/// <param name="encoding">The encoding.</param>
public sealed class ContractWriting(ValueEncoding? encoding)
{
    /// <summary>A tensor.</summary>
    public TensorValue Value(Tensor tensor)
    {
        long[] shape = Array.ConvertAll(tensor.Shape.Dims.ToArray(), dim => (long)dim);
        return TensorValue.Of(tensor.ToArray(), shape, encoding ?? ValueEncoding.Nested);
    }

    /// <summary>The results whose names begin with a prefix, by what follows it.</summary>
    public IReadOnlyDictionary<string, TensorValue> Values(Execution execution, string prefix)
    {
        var values = new Dictionary<string, TensorValue>(StringComparer.Ordinal);
        foreach (NamedTensor result in execution.Results.Where(result => result.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            values[result.Name[prefix.Length..]] = Value(result.Value);
        }

        return values;
    }

    /// <summary>The blocks of a Jacobian or Hessian by row and column.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, TensorValue>> Blocks(Execution execution, JacobianFacts facts)
    {
        Tensor[] blocks = [.. execution.Results.Where(result => result.Name.StartsWith("h:", StringComparison.Ordinal)).Select(result => result.Value)];
        var rows = new Dictionary<string, IReadOnlyDictionary<string, TensorValue>>(StringComparer.Ordinal);
        for (int i = 0; i < facts.Outputs.Count; i++)
        {
            var row = new Dictionary<string, TensorValue>(StringComparer.Ordinal);
            for (int j = 0; j < facts.Wrt.Count; j++)
            {
                row[facts.Wrt[j]] = Value(blocks[(i * facts.Wrt.Count) + j]);
            }

            rows[facts.Outputs[i]] = row;
        }

        return rows;
    }

    /// <summary>Warnings, or null where there are none.</summary>
    public static IReadOnlyList<Warning>? Warnings(IReadOnlyList<NumericWarning> warnings) => warnings.Count == 0 ? null :
    [
        .. warnings.Select(warning => new Warning
        {
            Node = BriefText.Name(warning.Node),
            Pass = warning.Pass == Pass.Forward ? DerivativePass.Forward : DerivativePass.Backward,
            Reason = BriefText.Message(warning.Reason),
        }),
    ];
}
