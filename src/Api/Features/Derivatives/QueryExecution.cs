using Backprop.Api.Features.Graphs;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;

namespace Backprop.Api.Features.Derivatives;

/// <summary>A question that was answered.</summary>
/// <param name="Request">The request.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Execution">What the run gave.</param>
/// <param name="CompiledQuery">The plan that was run.</param>
public sealed record QueryExecution(DerivativeRequest Request, SourcedGraph Graph, DerivativeQuery Query, Execution Execution,
    CompiledQuery CompiledQuery);
