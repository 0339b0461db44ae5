using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Types and values of what has been emitted, as far as declarations, constants and submitted values determine them.</summary>
/// <param name="definition">The emitted definition.</param>
/// <param name="submitted">The submitted values.</param>
/// <param name="evaluator">Computes values; null for constants only.</param>
/// <param name="limits">The limits on the search and the computation.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal sealed class KnownParts(DefinitionEmission definition, SubmittedValues submitted, Evaluator? evaluator, OnnxLimits limits,
    CancellationToken cancellationToken)
{
    private readonly ModelBudget work = new(limits, cancellationToken);
    private IReadOnlyDictionary<string, Literal>? values;

    /// <summary>The type of a value, or null if unknown.</summary>
    public TensorType? TypeOf(string name) => Bound(name)?.Values[name].Type;

    /// <summary>A value, or null if unknown. The inputs used are recorded as determining the graph.</summary>
    public Tensor? ValueOf(string name)
    {
        try
        {
            if (Bound(name) is not { } bound)
            {
                return null;
            }

            Tensor value = bound.Known(bound.Values[name]);
            definition.DecidedBy.UnionWith(bound.StaticInputs);
            return value;
        }
        catch (InvalidOperandException)
        {
            return null;
        }
    }

    private BoundGraph? Bound(string name)
    {
        if (definition.PartOf(name, work) is not { } part)
        {
            return null;
        }

        values ??= submitted.Values();
        Dictionary<string, Literal> given = part.Inputs.Where(input => values.ContainsKey(input.Name))
            .ToDictionary(input => input.Name, input => values[input.Name]);
        var options = new BindingOptions
        {
            Evaluator = evaluator ?? ((_, _, _) => throw new InvalidOperandException("nothing is computed here")),
            MaxElements = limits.MaxElements,
            MaxNodes = limits.MaxNodes,
            HasValues = given.Count == part.Inputs.Count,
            Batch = [.. submitted.Batch.Where(given.ContainsKey)],
        };
        try
        {
            return GraphBinder.Bind(TopologicalOrder.Of(part, cancellationToken: cancellationToken),
                InputBinder.Bind(part, given, options, cancellationToken),
                options, cancellationToken);
        }
        catch (GraphException)
        {
            // An unbound extent, or a fault that is reported when the whole graph is typed.
            return null;
        }
    }
}
