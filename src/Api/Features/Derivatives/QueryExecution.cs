using Backprop.Api.Features.Graphs;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;

namespace Backprop.Api.Features.Derivatives;

/// <summary>A query that was answered.</summary>
/// <param name="Request">The request.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Query">The query.</param>
/// <param name="Execution">The results of the run.</param>
/// <param name="CompiledQuery">The compiled plan.</param>
public sealed record QueryExecution(DerivativeRequest Request, SourcedGraph Graph, DerivativeQuery Query, Execution Execution,
    CompiledQuery CompiledQuery);
