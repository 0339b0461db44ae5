using System.Runtime.InteropServices;
using System.Text.Json;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Testing.Running;

namespace Backprop.Domain.Tests.Theory;

/// <summary>The recorded points of an operator.</summary>
internal sealed record RangeRecord(string Operator, IReadOnlyDictionary<string, AttributeValue> Attributes, double[][] Points, double[] Values, double[][] Slopes)
{
    public string Name => Attributes.Count == 0 ? Operator : $"{Operator} {string.Join(' ', Attributes.Select(pair => pair.Value.Texts?[0] ?? $"{pair.Value.Numbers!.Value[0]}"))}";

    public string[] Inputs => Points.Length == 1 ? ["x"] : ["x", "y"];

    public GraphDefinition Definition => new(
        [.. Inputs.Select(input => new InputDefinition(input))], [], [new NodeDefinition(Operator, [.. Inputs.Select(input => (Operand)input)], Attributes, ["L"])], ["L"]);

    public static RangeRecord Parse(string line)
    {
        JsonElement record = JsonDocument.Parse(line).RootElement;
        double[][] columns = [.. record.GetProperty("columns").EnumerateArray().Select(column => MemoryMarshal.Cast<byte, double>(column.GetBytesFromBase64()).ToArray())];
        int operands = (columns.Length - 1) / 2;
        Dictionary<string, AttributeValue> attributes = record.GetProperty("attributes").EnumerateObject().ToDictionary(
            pair => pair.Name, pair => pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : (AttributeValue)pair.Value.GetInt64());
        return new RangeRecord(record.GetProperty("op").GetString()!, attributes, columns[..operands], columns[operands], columns[(operands + 1)..]);
    }

    /// <summary>The same with the points that float32 can represent.</summary>
    public RangeRecord Single()
    {
        double[][] rounded = [.. Points.Select(column => Array.ConvertAll(column, x => (double)(float)x))];
        int[] kept = [.. Enumerable.Range(0, rounded[0].Length).Where(i => rounded.All(column => double.IsFinite(column[i])))];
        return this with { Points = [.. rounded.Select(column => Array.ConvertAll(kept, i => column[i]))] };
    }

    public string At(int i) => string.Join(", ", Points.Select(column => column[i].ToString("R")));

    /// <summary>Whether a number is as accurate as the operator promises, if that is less than full precision.</summary>
    public bool IsWithin(int i, double got, double right, double unit) => RangePromises.Covers(Name, [.. Points.Select(column => column[i])], got, right, unit);

    public Dictionary<string, Literal> Literals(DType dtype) =>
        Inputs.Zip(Points).ToDictionary(pair => pair.First, pair => new Literal(Tensor.Vector(pair.Second).Converted(dtype, default), dtype));

    public Execution Gradient(DType dtype) =>
        Engine.Run(Definition, Literals(dtype), Queries.Gradient(null, null, Ones(dtype), null), dtype);

    public Tensor Along(string input)
    {
        Execution answer = Engine.Run(Definition, Literals(DType.Float64), Queries.JacobianVectorProduct(new Dictionary<string, Literal> { [input] = Ones(DType.Float64) }));
        return answer[ResultKey.Tangent("L")];
    }

    private Literal Ones(DType dtype) => new(Tensor.Filled(new TensorType(dtype, Shape.Of(Points[0].Length)), 1), dtype);
}
