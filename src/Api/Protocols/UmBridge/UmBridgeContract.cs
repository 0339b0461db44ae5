using System.Text.Json.Serialization;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>What a server is.</summary>
/// <param name="ProtocolVersion">1.0; a decimal, as one client will not read "1".</param>
/// <param name="Models">The names of the models.</param>
public sealed record UmBridgeInfo(decimal ProtocolVersion, IReadOnlyList<string> Models);

/// <summary>What a model supports.</summary>
/// <param name="Support">The operations.</param>
public sealed record UmBridgeModelInfo(UmBridgeSupport Support);

/// <summary>The operations that a model supports.</summary>
/// <param name="Evaluate">The outputs.</param>
/// <param name="Gradient">Vector-Jacobian products.</param>
/// <param name="ApplyJacobian">Jacobian-vector products.</param>
/// <param name="ApplyHessian">Hessian-vector products.</param>
public sealed record UmBridgeSupport(
    [property: JsonPropertyName("Evaluate")] bool Evaluate,
    [property: JsonPropertyName("Gradient")] bool Gradient,
    [property: JsonPropertyName("ApplyJacobian")] bool ApplyJacobian,
    [property: JsonPropertyName("ApplyHessian")] bool ApplyHessian);

/// <summary>How many elements each input has.</summary>
/// <param name="InputSizes">In the order of the inputs.</param>
public sealed record UmBridgeInputSizes(IReadOnlyList<long> InputSizes);

/// <summary>How many elements each output has.</summary>
/// <param name="OutputSizes">In the order of the outputs.</param>
public sealed record UmBridgeOutputSizes(IReadOnlyList<long> OutputSizes);

/// <summary>The outputs.</summary>
/// <param name="Output">A list an output, flattened.</param>
public sealed record UmBridgeOutputs(IReadOnlyList<IReadOnlyList<double>> Output);

/// <summary>A product.</summary>
/// <param name="Output">Its elements.</param>
public sealed record UmBridgeProduct(IReadOnlyList<double> Output);
