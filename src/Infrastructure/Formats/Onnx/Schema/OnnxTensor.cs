using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>A tensor: TensorProto.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type in the file.</param>
/// <param name="Value">Its value, whole numbers of 32 bits and less as int64; null where no value here has its element type.</param>
public sealed record OnnxTensor(string Name, OnnxElementType Type, Tensor? Value)
{
    /// <summary>A tensor of the element type that it has here.</summary>
    public static OnnxTensor Of(string name, Tensor value) => new(name, ElementTypes.Of(value.DType), value);
}
