using System.Text.Json.Serialization;
using Backprop.Client.Graphs;
using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>Members that all derivative requests share: a graph in exactly one of four ways, the values of its inputs, and how to compute.</summary>
public abstract record DerivativeRequest
{
    /// <summary>The graph itself.</summary>
    public GraphContract? Graph { get; init; }

    /// <summary>
    /// The graph as text: statements separated by <c>;</c> or new lines, the last one the output. <c>GET /expressions</c> describes the language.
    /// </summary>
    public string? Expression { get; init; }

    /// <summary>The id or alias of a registered graph.</summary>
    public string? GraphId { get; init; }

    /// <summary>The graph as an ONNX ModelProto, base64.</summary>
    public byte[]? Onnx { get; init; }

    /// <summary>The value of each input by name; optional if the graph has no inputs.</summary>
    public IReadOnlyDictionary<string, TensorValue>? Inputs { get; init; }

    /// <summary>The element type of inputs and constants that state none. Default: <c>float64</c>.</summary>
    [JsonPropertyName("dtype")]
    public ElementType? DType { get; init; }

    /// <summary>The form of the values in the answer. Default: <c>nested</c>.</summary>
    public ValueEncoding? Encoding { get; init; }

    /// <summary>Where to compute. Default: <c>auto</c>, the fastest for the graph.</summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>The inputs whose leading axis counts independent points; the results gain that axis. Default: none.</summary>
    public IReadOnlyList<string>? Batch { get; init; }
}

/// <summary>Where a request is computed.</summary>
public enum DeviceChoice
{
    /// <summary>The fastest for the graph.</summary>
    Auto,

    /// <summary>The CPU of the server.</summary>
    Host,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>An OpenCL device.</summary>
    Opencl,

    /// <summary>ILGPU's GPU emulation on the CPU: for checking kernels, not fast.</summary>
    IlgpuCpu,
}
