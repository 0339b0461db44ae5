using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Backprop.Infrastructure.Tests.Onnx.Export;

/// <summary>ONNX Runtime: an independent reader of our models.</summary>
internal static class Runtime
{
    private static readonly SessionOptions Options = new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
    };

    /// <summary>
    /// The outputs in order, or null if the runtime has no kernel for an operator in this element type, or ONNX cannot express it. An invalid model
    /// throws.
    /// </summary>
    public static Tensor[]? Run(byte[] model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            using var session = new InferenceSession(model, Options);
            using var run = new RunOptions();
            Dictionary<string, OrtValue> fed = inputs.Where(input => session.InputNames.Contains(input.Key)).ToDictionary(input => input.Key, input => Value(input.Value, session.InputMetadata[input.Key].ElementDataType));
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, fed, session.OutputNames);
            return [.. results.Select(Tensor)];
        }
        catch (OnnxRuntimeException error) when (error.Message.Contains("NOT_IMPLEMENTED") || error.Message.Contains("NotImplemented")
            || error.Message.Contains("does not support double")
            || (error.Message.Contains("is not a registered function/op") && (error.Message.Contains(OnnxDomains.Own + ":") || error.Message.Contains(OnnxDomains.Training + ":"))))
        {
            return null;
        }
    }

    private static OrtValue Value(Tensor tensor, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType type)
    {
        long[] shape = Dims(tensor);
        return tensor.DType switch
        {
            DType.Int64 when type == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int32 =>
                OrtValue.CreateTensorValueFromMemory(Array.ConvertAll((long[])tensor.ToArray(), number => checked((int)number)), shape),
            DType.Float64 => OrtValue.CreateTensorValueFromMemory((double[])tensor.ToArray(), shape),
            DType.Float32 => OrtValue.CreateTensorValueFromMemory((float[])tensor.ToArray(), shape),
            DType.Int64 => OrtValue.CreateTensorValueFromMemory((long[])tensor.ToArray(), shape),
            _ => OrtValue.CreateTensorValueFromMemory((bool[])tensor.ToArray(), shape),
        };
    }

    private static long[] Dims(Tensor tensor) => [.. tensor.Shape.Dims.ToArray().Select(dim => (long)dim)];

    private static Tensor Tensor(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        var shape = Shape.Of([.. info.Shape.Select(dim => (int)dim)]);
        return info.ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double => Domain.Graphs.Tensor.Of(value.GetTensorDataAsSpan<double>().ToArray(), shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => Domain.Graphs.Tensor.Of(value.GetTensorDataAsSpan<float>().ToArray(), shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => Domain.Graphs.Tensor.Of(value.GetTensorDataAsSpan<long>().ToArray(), shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Bool => Domain.Graphs.Tensor.Of(value.GetTensorDataAsSpan<bool>().ToArray(), shape),
            var other => throw new InvalidOperationException($"The runtime answered {other}."),
        };
    }
}
