using System.Text.Json.Serialization;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>The server.</summary>
/// <param name="ProtocolVersion">1.0; a decimal, since one client does not accept "1".</param>
/// <param name="Models">The names of the models.</param>
internal sealed record UmBridgeInfo(decimal ProtocolVersion, IReadOnlyList<string> Models);

/// <summary>The capabilities of a model.</summary>
/// <param name="Support">The operations.</param>
internal sealed record UmBridgeModelInfo(UmBridgeSupport Support);

/// <summary>The operations that a model supports.</summary>
/// <param name="Evaluate">The outputs.</param>
/// <param name="Gradient">Vector-Jacobian products.</param>
/// <param name="ApplyJacobian">Jacobian-vector products.</param>
/// <param name="ApplyHessian">Hessian-vector products.</param>
internal sealed record UmBridgeSupport(
    [property: JsonPropertyName("Evaluate")] bool Evaluate,
    [property: JsonPropertyName("Gradient")] bool Gradient,
    [property: JsonPropertyName("ApplyJacobian")] bool ApplyJacobian,
    [property: JsonPropertyName("ApplyHessian")] bool ApplyHessian);

/// <summary>The number of elements of each input.</summary>
/// <param name="InputSizes">In the order of the inputs.</param>
internal sealed record UmBridgeInputSizes(IReadOnlyList<long> InputSizes);

/// <summary>The number of elements of each output.</summary>
/// <param name="OutputSizes">In the order of the outputs.</param>
internal sealed record UmBridgeOutputSizes(IReadOnlyList<long> OutputSizes);

/// <summary>The outputs.</summary>
/// <param name="Output">One flattened list per output.</param>
internal sealed record UmBridgeOutputs(IReadOnlyList<IReadOnlyList<double>> Output);

/// <summary>A product.</summary>
/// <param name="Output">Its elements.</param>
internal sealed record UmBridgeProduct(IReadOnlyList<double> Output);

/// <summary>An error.</summary>
/// <param name="Error">What is wrong.</param>
internal sealed record UmBridgeError(UmBridgeFault Error);

/// <summary>What is wrong with a request.</summary>
/// <param name="Type"><c>InvalidInput</c>, <c>ModelNotFound</c>, <c>UnsupportedFeature</c>, <c>InvalidOutput</c>, or the name of the status.</param>
/// <param name="Message">For a person.</param>
internal sealed record UmBridgeFault(string Type, string Message);
