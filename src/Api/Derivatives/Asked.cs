using Backprop.Client;
using Backprop.Compute.Engine;

namespace Backprop.Api.Derivatives;

/// <summary>A question that was answered.</summary>
/// <param name="Request">The request.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Execution">What the run gave.</param>
/// <param name="Compiled">The plan that was run.</param>
public sealed record Asked(DerivativeRequest Request, SourcedGraph Graph, Question Question, Execution Execution, Compiled Compiled);
