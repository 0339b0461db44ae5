using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;

namespace Backprop.Compute.Engine;

/// <content>Plans that are inspected and not run.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>The plan that <see cref="Prepare"/> would find or make for a query; it is not cached.</summary>
    /// <param name="submission">The graph. If it has no values, its inputs get their types only from their declarations.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The graph or the query does not fit.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public CompiledQuery Planned(ComputationRequest submission, DerivativeQuery query, CancellationToken cancellationToken)
    {
        BindingOptions options = Options(submission, query) with { HasValues = submission.Inputs.Count > 0 };
        BoundInputs inputs = InputBinder.Bind(submission.Definition, submission.Inputs, options, cancellationToken);
        return Guarded(submission, () => Compile(submission, query, inputs, options, cancellationToken));
    }
}
