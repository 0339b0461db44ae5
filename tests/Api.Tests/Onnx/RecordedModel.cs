using System.Text.Json;
using Backprop.Api.Tests.Architecture;
using Backprop.Client;
using Backprop.Client.Values;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A model exported by PyTorch with its recorded results: see Models/make_models.py.</summary>
public sealed record RecordedModel(IReadOnlyDictionary<string, TensorValue> Inputs, double Value, IReadOnlyDictionary<string, TensorValue> Gradients)
{
    /// <summary>The models.</summary>
    public static readonly string[] Names = ["mlp", "transformer", "lstm", "cnn"];

    /// <summary>The file of a model.</summary>
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Repository.PathOf($"tests/Api.Tests/Onnx/Models/{name}.onnx"));

    /// <summary>The recorded results.</summary>
    public static RecordedModel Of(string name) => JsonSerializer.Deserialize<RecordedModel>(
        System.IO.File.ReadAllText(Repository.PathOf($"tests/Api.Tests/Onnx/Models/{name}.json")), BackpropJson.Create())!;
}
