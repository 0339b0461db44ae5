using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Backprop.Client.Graphs;
using Backprop.Client.Operations;
using Backprop.Client.Operators;
using Refit;

namespace Backprop.Client;

/// <summary>The service, route by route. A refusal is an <see cref="ApiException"/>; <see cref="Problems.ProblemAsync"/> reads it.</summary>
public partial interface IBackpropApi
{
    /// <summary>The values of a graph's outputs.</summary>
    [Post("/evaluations")]
    Task<EvaluationAnswer> EvaluateAsync([Body] EvaluationRequest request, CancellationToken cancellationToken = default);

    /// <summary>The gradient of one output.</summary>
    [Post("/gradients")]
    Task<GradientAnswer> GradientAsync([Body] GradientRequest request, CancellationToken cancellationToken = default);

    /// <summary>The derivative of the outputs along a direction (forward mode).</summary>
    [Post("/jacobian-vector-products")]
    Task<JacobianVectorProductAnswer> JacobianVectorProductAsync([Body] JacobianVectorProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Cotangents of several outputs, pulled back at once (reverse mode).</summary>
    [Post("/vector-jacobian-products")]
    Task<VectorJacobianProductAnswer> VectorJacobianProductAsync([Body] VectorJacobianProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>The whole Jacobian, block by block.</summary>
    [Post("/jacobians")]
    Task<JacobianAnswer> JacobianAsync([Body] JacobianRequest request, CancellationToken cancellationToken = default);

    /// <summary>The whole Hessian of one output, block by block.</summary>
    [Post("/hessians")]
    Task<HessianAnswer> HessianAsync([Body] HessianRequest request, CancellationToken cancellationToken = default);

    /// <summary>The Hessian of one output times a direction.</summary>
    [Post("/hessian-vector-products")]
    Task<HessianVectorProductAnswer> HessianVectorProductAsync([Body] HessianVectorProductRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Backpropagation against finite differences.</summary>
    [Post("/gradient-checks")]
    Task<GradientCheckAnswer> CheckGradientAsync([Body] GradientCheckRequest request, CancellationToken cancellationToken = default);

    /// <summary>A picture of a graph as SVG, Mermaid or DOT.</summary>
    [Post("/diagrams")]
    Task<string> DrawAsync([Body] DiagramRequest request, CancellationToken cancellationToken = default);

    /// <summary>Registers a graph; the same graph has the same id.</summary>
    [Post("/graphs")]
    Task<GraphSummary> RegisterGraphAsync([Body] GraphRegistrationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Registers an ONNX model: the bytes of the file.</summary>
    [Post("/graphs")]
    [Headers("Content-Type: application/onnx")]
    Task<GraphSummary> RegisterModelAsync([Body] Stream model, string? alias = null, CancellationToken cancellationToken = default);

    /// <summary>A page of the registry.</summary>
    [Get("/graphs")]
    Task<GraphList> ListGraphsAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>A registered graph by id or alias.</summary>
    [Get("/graphs/{id}")]
    Task<GraphContract> GetGraphAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The graph that computes the gradient of a registered graph.</summary>
    [Get("/graphs/{id}/gradient-graph")]
    Task<GraphContract> GetGradientGraphAsync(
        string id, string? output = null, [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
            CancellationToken cancellationToken = default);

    /// <summary>A registered graph as an ONNX model; dimensions such as <c>batch:4</c> bind symbolic extents.</summary>
    [Get("/graphs/{id}")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportGraphAsync(string id, [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        CancellationToken cancellationToken = default);

    /// <summary>The graph that computes the gradient of a registered graph, as an ONNX model.</summary>
    [Get("/graphs/{id}/gradient-graph")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportGradientGraphAsync(
        string id,
        string? output = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        [Query] string? form = null,
        CancellationToken cancellationToken = default);

    /// <summary>A step of training as an ONNX model.</summary>
    [Get("/graphs/{id}/training-step")]
    [Headers("Accept: application/onnx")]
    Task<Stream> ExportTrainingStepAsync(
        string id,
        string? output = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? wrt = null,
        [Query(CollectionFormat.Multi)] IEnumerable<string>? dimension = null,
        [Query] string? optimizer = null,
        CancellationToken cancellationToken = default);

    /// <summary>Takes a graph out of the registry; needs the API key.</summary>
    [Delete("/graphs/{id}")]
    Task DeleteGraphAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>All operators.</summary>
    [Get("/operators")]
    Task<OperatorList> ListOperatorsAsync(CancellationToken cancellationToken = default);

    /// <summary>One operator.</summary>
    [Get("/operators/{name}")]
    Task<OperatorPage> GetOperatorAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The devices of the server.</summary>
    [Get("/devices")]
    Task<DeviceList> ListDevicesAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the server is alive.</summary>
    [Get("/health/live")]
    Task<HealthReport> GetLivenessAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the server is ready: database, devices, warm-up.</summary>
    [Get("/health/ready")]
    Task<HealthReport> GetReadinessAsync(CancellationToken cancellationToken = default);
}
