using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Operators;
using Backprop.Domain.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Operators;

/// <summary>The operator table.</summary>
internal static class OperatorEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapOperators(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/operators").WithTags("Operators").WithBuildTag();
        group.MapGet("", List).WithName("ListOperators")
            .WithSummary("List the operators")
            .WithDescription("Returns ONNX operators under their ONNX names, and the functions that ONNX lacks.");
        group.MapGet("/{name}", Get).WithName("GetOperator")
            .WithSummary("Get an operator")
            .WithDescription("Returns its operands with their types, its attributes with defaults, its derivative rule and its cost.")
            .WithParameterExample("name", "Tanh");
    }

    private static Ok<OperatorList> List() => TypedResults.Ok(new OperatorList
    {
        Items = [.. OperatorTable.All.OrderBy(row => row.Name, StringComparer.Ordinal).Select(Page)],
    });

    private static Ok<OperatorPage> Get(string name) => TypedResults.Ok(Page(
        OperatorTable.Find(name)
            ?? throw ProblemException.NotFound(OperatorTable.Suggestions.Message("No operator", name, "; GET /operators lists all of them"))));

    private static OperatorPage Page(Operator row) => new()
    {
        Name = row.Name,
        Domain = row.Domain,
        Inputs = [.. row.Operands.Select(operand => new OperandSummary
        {
            Name = operand.Name,
            Types = operand.Types,
            Optional = operand.Optional,
            Repeated = operand.Variadic,
            Constant = operand.Static || operand.Known,
        })],
        Attributes = [.. row.Attributes.Select(Attribute)],
        Outputs = [.. row.Outputs.Select(output => output.TrimEnd('*'))],
        Derivative = row.Derivative,
        Precision = row.Precision,
        Flops = row.Flops,
        Differentiable = row.Differentiability == Differentiability.Differentiable,
        Differentiability = row.Differentiability switch
        {
            Differentiability.Differentiable => OperatorDerivative.Differentiable,
            Differentiability.PiecewiseConstant => OperatorDerivative.PiecewiseConstant,
            _ => OperatorDerivative.None,
        },
    };

    private static AttributeSummary Attribute(AttributeSpec spec) => new()
    {
        Name = spec.Name,
        Type = spec.Type,
        Required = spec.Required,
        Default = spec.Default switch
        {
            null => null,
            { Texts: { } texts } => texts[0],
            { Numbers.Value: { DType: Domain.Graphs.DType.Int64 } value } => value.Values<long>()[0],
            { Numbers: { } numbers } => numbers.Value[0],
            _ => null,
        },
    };
}
