using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Errors;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Features.Graphs;

/// <summary>Maps values of the domain to contract records, in the encoding of the request.</summary>
/// <param name="encoding">The encoding.</param>
public sealed class GraphContractWriter(ValueEncoding? encoding)
{
    /// <summary>A tensor.</summary>
    public TensorValue Value(Tensor tensor)
    {
        long[] shape = Array.ConvertAll(tensor.Shape.Dims.ToArray(), dim => (long)dim);
        return TensorValue.Of(tensor.ToArray(), shape, encoding ?? ValueEncoding.Nested);
    }

    /// <summary>The results whose names begin with a prefix, keyed by the rest of the name.</summary>
    public IReadOnlyDictionary<string, TensorValue> Values(Execution execution, string prefix)
    {
        var values = new Dictionary<string, TensorValue>(StringComparer.Ordinal);
        foreach (NamedTensor result in execution.Results.Where(result => result.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            values[result.Name[prefix.Length..]] = Value(result.Value);
        }

        return values;
    }

    /// <summary>The blocks of a Jacobian or Hessian by row and column, each created when it is written: there may be millions.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, TensorValue>> Blocks(Execution execution, JacobianFacts facts)
    {
        Func<int, int, Tensor> blocks = facts.Blocks(execution);
        return new MadeEntries<IReadOnlyDictionary<string, TensorValue>>(
            facts.Outputs, i => new MadeEntries<TensorValue>(facts.Wrt, j => Value(blocks(i, j))));
    }

    /// <summary>How the values of a model differ from those of its file, or null if they do not.</summary>
    public static IReadOnlyList<string>? Notes(SourcedGraph graph) => graph.Definition.Notes is { Count: > 0 } notes ? notes : null;

    /// <summary>Warnings, or null.</summary>
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
