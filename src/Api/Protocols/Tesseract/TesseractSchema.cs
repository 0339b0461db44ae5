using System.Text.Json.Nodes;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// The OpenAPI document of one model. The SDK reads the keys of <c>paths</c>; the bridges to JAX and PyTorch read <c>differentiable_arrays</c> of the
/// schemas <c>ApplyInputSchema</c> and <c>ApplyOutputSchema</c>, and the properties of <c>Apply_InputSchema</c> and <c>Apply_OutputSchema</c>; the
/// web pages of tesseract-streamlit also read the description of <c>/apply</c> and the length of every shape.
/// </summary>
/// <param name="name">The name that the client used for the model.</param>
/// <param name="model">The model.</param>
internal sealed class TesseractSchema(string name, RegisteredModel model)
{
    private const string Reference = "#/components/schemas/";

    private static readonly (string Path, string Summary, string Description, string[] Members)[] Derivatives =
    [
        ("jacobian", "Compute Jacobians", "By output, then input; each block has the shape output + input.", ["jac_inputs", "jac_outputs"]),
        ("jacobian_vector_product", "Compute Jacobian-vector products", "Forward mode.", ["jvp_inputs", "jvp_outputs", "tangent_vector"]),
        ("vector_jacobian_product", "Compute vector-Jacobian products", "Reverse mode.", ["vjp_inputs", "vjp_outputs", "cotangent_vector"]),
    ];

    private readonly (string Name, DType DType, JsonArray? Shape)[] inputs =
        [.. model.Definition.Inputs.Select(input => (input.Name, RegisteredModel.TypeOf(input), ShapeOf(input)))];

    private readonly (string Name, DType DType,
        JsonArray? Shape)[] outputs = [.. model.Definition.Outputs.Select((output, i) => OutputOf(model, output, i))
        .DistinctBy(output => output.Item1)];

    /// <summary>The document.</summary>
    public JsonObject Document() => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject { ["title"] = name, ["version"] = "1.0.0", ["description"] = $"The registered graph {model.Graph.Form.Id}." },
        ["paths"] = Paths(),
        ["components"] = new JsonObject { ["schemas"] = Schemas() },
    };

    private JsonObject Paths()
    {
        var paths = new JsonObject
        {
            ["/apply"] = Post("Evaluate the outputs", $"Computes {Names(outputs)} from {Names(inputs)}.", "ApplyInputSchema",
                "ApplyOutputSchema"),
            ["/abstract_eval"] = Post("Infer the types of the outputs", "From the types of the inputs, without running the graph.",
                "AbstractInputSchema", "AbstractOutputSchema"),
            ["/health"] = Operation("get", "Check that the model exists", "404 if it does not.", null, null),
        };
        foreach ((string path, string summary, string description, _) in model.IsDifferentiable ? Derivatives : [])
        {
            paths[$"/{path}"] = Post(summary, description, $"{path}_input", null);
        }

        return paths;
    }

    private JsonObject Schemas()
    {
        var schemas = new JsonObject
        {
            ["Apply_InputSchema"] = Structure(inputs, TesseractArraySchema.Encoded),
            ["Apply_OutputSchema"] = Structure(outputs, TesseractArraySchema.Encoded),
            ["ApplyInputSchema"] = Holder("Apply_InputSchema", inputs),
            ["ApplyOutputSchema"] = new JsonObject
            {
                ["$ref"] = $"{Reference}Apply_OutputSchema",
                ["differentiable_arrays"] = Differentiable(outputs),
                ["field_order"] = FieldOrder(outputs, ""),
            },
            ["AbstractEval_InputSchema"] = Structure(inputs, TesseractArraySchema.Abstract),
            ["AbstractInputSchema"] = Holder("AbstractEval_InputSchema", null),
            ["AbstractOutputSchema"] = Structure(outputs, TesseractArraySchema.Abstract),
        };
        foreach ((string path, _, _, string[] members) in model.IsDifferentiable ? Derivatives : [])
        {
            schemas[$"{path}_input"] = Derivative(members);
        }

        return schemas;
    }

    private static JsonObject Holder(string schema, IReadOnlyList<(string Name, DType, JsonArray?)>? arrays)
    {
        var holder = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["inputs"] = new JsonObject { ["$ref"] = Reference + schema } },
            ["required"] = new JsonArray("inputs"),
            ["additionalProperties"] = false,
        };
        if (arrays is not null)
        {
            holder["differentiable_arrays"] = Differentiable(arrays);
            holder["field_order"] = FieldOrder(arrays, "inputs");
        }

        return holder;
    }

    private JsonObject Derivative(string[] members)
    {
        JsonObject holder = Holder("Apply_InputSchema", null);
        foreach (string member in members)
        {
            holder["properties"]![member] = member.EndsWith("_vector", StringComparison.Ordinal)
                ? new JsonObject { ["type"] = "object" }
                : new JsonObject
                {
                    ["type"] = "array",
                    ["uniqueItems"] = true,
                    ["minItems"] = 1,
                    ["items"] = DifferentiableNames(member.EndsWith("_inputs", StringComparison.Ordinal) ? inputs : outputs)
                };
            holder["required"]!.AsArray().Add(member);
        }

        return holder;
    }

    private static string Names(IEnumerable<(string Name, DType, JsonArray?)> arrays) => string.Join(", ", arrays.Select(array => array.Name));

    private static JsonObject DifferentiableNames(IEnumerable<(string Name, DType DType, JsonArray? Shape)> arrays) =>
        new() { ["enum"] = new JsonArray([.. arrays.Where(array => array.DType.IsFloat()).Select(array => JsonValue.Create(array.Name))]) };

    private static JsonObject Structure(
        (string Name, DType DType, JsonArray? Shape)[] arrays, Func<(string Name, DType DType, JsonArray? Shape), JsonObject> schema) => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(arrays.Select(array => KeyValuePair.Create(array.Name, (JsonNode?)schema(array)))),
            ["required"] = new JsonArray([.. arrays.Select(array => JsonValue.Create(array.Name))]),
            ["additionalProperties"] = false,
        };

    // The order of the members by the path of their holder, for clients that lose the order of JSON objects.
    private static JsonObject FieldOrder(IEnumerable<(string Name, DType, JsonArray?)> arrays, string holder) =>
        new() { [holder] = new JsonArray([.. arrays.Select(array => JsonValue.Create(array.Name))]) };

    private static JsonObject Differentiable(IEnumerable<(string Name, DType DType, JsonArray? Shape)> arrays) => new(arrays
        .Where(array => array.DType.IsFloat())
        .Select(array => KeyValuePair.Create(array.Name,
            (JsonNode?)new JsonObject { ["shape"] = array.Shape?.DeepClone(), ["dtype"] = array.DType.Label() })));

    private static JsonObject Post(string summary, string description, string input, string? output) =>
        Operation("post", summary, description, input, output);

    private static JsonObject Operation(string method, string summary, string description, string? input, string? output)
    {
        var operation = new JsonObject
        {
            ["summary"] = summary,
            ["description"] = description,
            ["responses"] = new JsonObject { ["200"] = Content("The answer", output) },
        };
        if (input is not null)
        {
            operation["requestBody"] = Content(null, input);
        }

        return new JsonObject { [method] = operation };
    }

    private static JsonObject Content(string? description, string? schema)
    {
        var content = new JsonObject
        {
            ["content"] = new JsonObject
            {
                [TesseractAccept.Plain] = new JsonObject
                {
                    ["schema"] = schema is null ? new JsonObject()
                : new JsonObject { ["$ref"] = Reference + schema }
                }
            },
        };
        if (description is not null)
        {
            content["description"] = description;
        }

        return content;
    }

    private static JsonArray? ShapeOf(InputDefinition input) => input.Shape is { } shape
        ? [.. shape.Select(extent => extent.Symbol is null ? JsonValue.Create(extent.Size) : null)]
        : null;

    // An input typed as a scalar for lack of a shape says nothing about the shapes of the outputs.
    private static (string, DType, JsonArray?) OutputOf(RegisteredModel model, string output, int place)
    {
        if (model.OutputTypes is not { } types)
        {
            return (output, model.OutputDTypes?[place] ?? DType.Float64, null);
        }

        bool known = model.Definition.Inputs.All(input => input.Shape is not null);
        return (output, types[place].DType, known ? [.. types[place].Shape.Dims.ToArray().Select(extent => JsonValue.Create(extent))] : null);
    }
}
