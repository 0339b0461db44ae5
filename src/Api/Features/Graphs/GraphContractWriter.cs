using Backprop.Api.Platform.Problems;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Graphs;

/// <summary>Maps values of the domain to contract records, in the encoding of the request.</summary>
/// <param name="encoding">The encoding.</param>
internal sealed class GraphContractWriter(ValueEncoding? encoding)
{
    /// <summary>A tensor.</summary>
    public TensorValue Value(Tensor tensor)
    {
        long[] shape = Array.ConvertAll(tensor.Shape.Dims.ToArray(), dim => (long)dim);
        return TensorValue.Of(tensor.ToArray(), shape, encoding ?? ValueEncoding.Nested);
    }

    /// <summary>The results of a role by their names.</summary>
    public IReadOnlyDictionary<string, TensorValue> Values(Execution execution, ResultRole role)
    {
        var values = new Dictionary<string, TensorValue>(StringComparer.Ordinal);
        foreach (KeyedTensor result in execution.WithRole(role))
        {
            values[result.Key.Name] = Value(result.Value);
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
    public static IReadOnlyList<string>? Notes(GraphDefinition definition) => definition.Notes is { Count: > 0 } notes ? notes : null;

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
