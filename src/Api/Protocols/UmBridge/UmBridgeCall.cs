using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Json;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>A request about a model, whose members are parsed when they are needed.</summary>
/// <param name="model">The model.</param>
/// <param name="members">The members of the body.</param>
/// <param name="options">How values are read.</param>
internal sealed class UmBridgeCall(RegisteredModel model, JsonMembers members, JsonSerializerOptions options)
{
    private readonly Lazy<GraphDefinition> shaped = new(
        () => UmBridgeConfig.Apply(model.Definition, members.TryGet("config", out ReadOnlyMemory<byte> config) && !IsNull(config)
            ? Config(config) : null));

    /// <summary>The model.</summary>
    public RegisteredModel Model => model;

    /// <summary>The definition with numeric shapes.</summary>
    public GraphDefinition Shaped => shaped.Value;

    /// <summary>The number of elements of each input.</summary>
    public IReadOnlyList<long> InputSizes => [.. Shaped.Inputs.Select(input => ShapeOf(input).Count)];

    /// <summary>The values of the inputs, with the required sizes.</summary>
    public ComputationRequest Inputs()
    {
        IReadOnlyList<ReadOnlyMemory<byte>> lists = JsonMembers.Items(Member("input"));
        if (lists.Count != Shaped.Inputs.Count)
        {
            throw UmBridgeErrors.Invalid("input", $"input must have one list per input, {Shaped.Inputs.Count}; got {lists.Count}.");
        }

        var values = new Dictionary<string, Literal>(StringComparer.Ordinal);
        for (int i = 0; i < lists.Count; i++)
        {
            InputDefinition input = Shaped.Inputs[i];
            values[input.Name] = Vector($"input[{i}]", lists[i], new TensorType(RegisteredModel.TypeOf(input), ShapeOf(input)));
        }

        return model.With(values);
    }

    /// <summary>The index of an input or output.</summary>
    public int Index(string member, int count)
    {
        var reader = new Utf8JsonReader(Member(member).Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int index) && index >= 0 && index < count
            ? index
            : throw UmBridgeErrors.Invalid(member, $"{member} must be a whole number from 0 to {count - 1}.");
    }

    /// <summary>The index of an input that has derivatives.</summary>
    public InputDefinition FloatInput(string member)
    {
        InputDefinition input = Shaped.Inputs[Index(member, Shaped.Inputs.Count)];
        DType dtype = RegisteredModel.TypeOf(input);
        return dtype.IsFloat() ? input : throw UmBridgeErrors.Unsupported($"The input '{input.Name}' is {dtype.Label()}, which has no derivative.");
    }

    /// <summary>A direction in the space of an input.</summary>
    public Literal Vector(string member, InputDefinition input) => Vector(member, new TensorType(RegisteredModel.TypeOf(input), ShapeOf(input)));

    /// <summary>A list of numbers, one per element of the type.</summary>
    public Literal Vector(string member, TensorType type) => Vector(member, Member(member), type);

    private Literal Vector(string member, ReadOnlyMemory<byte> json, TensorType type)
    {
        TensorValue? value = Read(member, json);
        if (value is not { Shape.Length: 1, Data: double[] or long[] } || value.Data is double[] numbers
            && Array.Exists(numbers, number => !double.IsFinite(number)))
        {
            throw UmBridgeErrors.Invalid(member, $"{member} must be a list of finite numbers.");
        }

        if (value.Data.LongLength != type.Shape.Count)
        {
            throw UmBridgeErrors.Invalid(member,
                $"{member} must have {type.Shape.Count} {(type.Shape.Count == 1 ? "number" : "numbers")}; got {value.Data.LongLength}.");
        }

        return new Literal(type.DType == DType.Bool ? Truths(member, value.ToArray(), type.Shape) : Tensor.Of(value.Data, type.Shape));
    }

    private TensorValue? Read(string member, ReadOnlyMemory<byte> json)
    {
        try
        {
            return json.Span[0] == '[' ? JsonSerializer.Deserialize<TensorValue>(json.Span, options) : null;
        }
        catch (JsonException error)
        {
            throw UmBridgeErrors.Invalid(member, JsonErrors.Locate(error).Message);
        }
    }

    private static JsonMembers Config(ReadOnlyMemory<byte> json) => json.Span[0] == '{' ? JsonMembers.Read(json)
        : throw UmBridgeErrors.Invalid("config", "config must be an object.");

    // The protocol has only numbers.
    private static Tensor Truths(string member, double[] numbers, Shape shape) => Array.TrueForAll(numbers, number => number is 0 or 1)
        ? Tensor.Of(Array.ConvertAll(numbers, number => number == 1), shape)
        : throw UmBridgeErrors.Invalid(member, "The input is bool: its numbers must be 0 or 1.");

    private ReadOnlyMemory<byte> Member(string name) =>
        members.TryGet(name, out ReadOnlyMemory<byte> value) ? value : throw UmBridgeErrors.Invalid(name, $"{name} is required.");

    private static Shape ShapeOf(InputDefinition input) => Shape.Of([.. input.Shape!.Select(dimension => dimension.Size)]);

    private static bool IsNull(ReadOnlyMemory<byte> json) => json.Span.SequenceEqual("null"u8);
}
