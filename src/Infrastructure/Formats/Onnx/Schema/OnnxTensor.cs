using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>A tensor: TensorProto.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type in the file.</param>
/// <param name="Value">Its value, integers of at most 32 bits as int64; null if its element type is not supported.</param>
public sealed record OnnxTensor(string Name, OnnxElementType Type, Tensor? Value)
{
    /// <summary>A tensor of the element type that it has here.</summary>
    public static OnnxTensor Of(string name, Tensor value) => new(name, ElementTypes.Of(value.DType), value);
}
