using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Backprop.Client.Expressions;
using Backprop.Client.Graphs;
using Backprop.Client.Operations;
using Backprop.Client.Operators;
using Refit;

namespace Backprop.Client;

/// <summary>The service, route by route. An error is an <see cref="ApiException"/>; <see cref="Problems.ProblemAsync"/> reads it.</summary>
public partial interface IBackpropApi
{
    /// <summary>Evaluates the outputs of a graph.</summary>
    [Post("/evaluations")]
    Task<EvaluationAnswer> EvaluateAsync([Body] EvaluationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Computes the value and gradients of one output.</summary>
    [Post("/gradients")]
    Task<GradientAnswer> GradientAsync([Body] GradientRequest request, CancellationToken cancellationToken = default);

    /// <summary>Computes the derivative of the outputs along a direction (forward mode).</summary>
    [Post("/jacobian-vector-products")]
    Task<JacobianVectorProductAnswer> JacobianVectorProductAsync([Body] JacobianVectorProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Pulls back cotangents of several outputs at once (reverse mode).</summary>
    [Post("/vector-jacobian-products")]
    Task<VectorJacobianProductAnswer> VectorJacobianProductAsync([Body] VectorJacobianProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Computes the whole Jacobian, block by block.</summary>
    [Post("/jacobians")]
    Task<JacobianAnswer> JacobianAsync([Body] JacobianRequest request, CancellationToken cancellationToken = default);

    /// <summary>Computes the whole Hessian of one output, block by block.</summary>
    [Post("/hessians")]
    Task<HessianAnswer> HessianAsync([Body] HessianRequest request, CancellationToken cancellationToken = default);

    /// <summary>Computes the Hessian of one output times a direction.</summary>
    [Post("/hessian-vector-products")]
    Task<HessianVectorProductAnswer> HessianVectorProductAsync([Body] HessianVectorProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Checks backpropagation against finite differences.</summary>
    [Post("/gradient-checks")]
    Task<GradientCheckAnswer> CheckGradientAsync([Body] GradientCheckRequest request, CancellationToken cancellationToken = default);

    /// <summary>Draws a graph as SVG, Mermaid or DOT.</summary>
    [Post("/diagrams")]
    Task<string> DrawAsync([Body] DiagramRequest request, CancellationToken cancellationToken = default);

    /// <summary>Registers a graph; the same graph has the same id.</summary>
    [Post("/graphs")]
    Task<GraphSummary> RegisterGraphAsync([Body] GraphRegistrationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Registers an ONNX model from the bytes of its file.</summary>
    [Post("/graphs")]
    [Headers("Content-Type: application/onnx")]
    Task<GraphSummary> RegisterModelAsync([Body] Stream model, string? alias = null, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of the registry.</summary>
    [Get("/graphs")]
    Task<GraphList> ListGraphsAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a registered graph by id or alias.</summary>
    [Get("/graphs/{id}")]
    Task<GraphContract> GetGraphAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets the graph that computes the gradient of a registered graph.</summary>
    [Get("/graphs/{id}/gradient-graph")]
    Task<GraphContract> GetGradientGraphAsync(
        string id, string? output = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
            CancellationToken cancellationToken = default);

    /// <summary>Gets a registered graph as an ONNX model; dimensions such as <c>batch:4</c> bind symbolic extents.</summary>
    [Get("/graphs/{id}")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportGraphAsync(string id, [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the graph that computes the gradient of a registered graph, as an ONNX model.</summary>
    [Get("/graphs/{id}/gradient-graph")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportGradientGraphAsync(
        string id,
        string? output = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        [Query] string? form = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the graph of a training step: loss, gradients, and the optimizer's update (<c>adam</c> by default).</summary>
    [Get("/graphs/{id}/training-step")]
    Task<GraphContract> GetTrainingStepAsync(
        string id,
        string? output = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        [Query] TrainingRule? optimizer = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a training step as an ONNX model.</summary>
    [Get("/graphs/{id}/training-step")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportTrainingStepAsync(
        string id,
        string? output = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        [Query] string? optimizer = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes a registered graph; requires the write key.</summary>
    [Delete("/graphs/{id}")]
    Task DeleteGraphAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets the language of expressions.</summary>
    [Get("/expressions")]
    Task<ExpressionLanguage> GetExpressionLanguageAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists all operators.</summary>
    [Get("/operators")]
    Task<OperatorList> ListOperatorsAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets an operator.</summary>
    [Get("/operators/{name}")]
    Task<OperatorPage> GetOperatorAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the devices of the server.</summary>
    [Get("/devices")]
    Task<DeviceList> ListDevicesAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks that the server is alive.</summary>
    [Get("/health/live")]
    Task<HealthReport> GetLivenessAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks that the server is ready: database, devices, warm-up.</summary>
    [Get("/health/ready")]
    Task<HealthReport> GetReadinessAsync(CancellationToken cancellationToken = default);
}
