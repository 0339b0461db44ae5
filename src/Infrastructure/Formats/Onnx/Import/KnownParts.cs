using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Types and values of what was emitted so far, as far as declarations, constants and submitted values tell them.</summary>
/// <param name="definition">What was emitted.</param>
/// <param name="submitted">The submitted values.</param>
/// <param name="evaluator">Computes values; null knows constants alone.</param>
/// <param name="limits">What may be looked through and computed.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class KnownParts(DefinitionEmission definition, SubmittedValues submitted, Evaluator? evaluator, OnnxLimits limits,
    CancellationToken cancellation)
{
    private readonly ModelBudget work = new(limits, cancellation);
    private IReadOnlyDictionary<string, Literal>? values;

    /// <summary>The type of a value, or null where it is not known.</summary>
    public TensorType? TypeOf(string name) => Bound(name)?.Values[name].Type;

    /// <summary>A value, or null where it is not known. The inputs that it was taken from are noted as deciding what the graph is.</summary>
    public Tensor? ValueOf(string name)
    {
        try
        {
            if (Bound(name) is not { } bound)
            {
                return null;
            }

            Tensor value = bound.Known(bound.Values[name]);
            definition.DecidedBy.UnionWith(bound.Baked);
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
            return GraphBinder.Bind(TopologicalOrder.Of(part, cancellation: cancellation), InputBinder.Bind(part, given, options, cancellation),
                options, cancellation);
        }
        catch (GraphException)
        {
            // An extent that no value binds, or a fault that is reported where the whole graph is typed.
            return null;
        }
    }
}
