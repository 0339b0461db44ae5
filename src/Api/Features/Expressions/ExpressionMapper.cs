using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Expressions;
using Backprop.Client.Values;
using Backprop.Infrastructure.Formats.Expressions.Reference;

namespace Backprop.Api.Features.Expressions;

/// <summary>Maps the language of expressions to its contract.</summary>
internal static class ExpressionMapper
{
    /// <summary>The language.</summary>
    public static ExpressionLanguage Language(LanguageReference language) => new()
    {
        Notation = [.. language.Notation.Select(Notation)],
        Operators = [.. language.Operators.Select(Operator)],
        Constants = [.. language.Constants.Select(Constant)],
        Functions = [.. language.Families.SelectMany(family => family.Functions.Select(entry => Function(family.Title, entry)))],
        Examples = [.. language.Examples.Select(Example)],
    };

    private static ExpressionNotation Notation(NotationEntry entry) => new() { Topic = entry.Topic, Forms = entry.Forms, Meaning = entry.Meaning };

    private static ExpressionConstant Constant(ConstantEntry entry) => new() { Name = entry.Name, Value = entry.Value, Meaning = entry.Meaning };

    private static ExpressionOperator Operator(OperatorEntry entry) => new()
    {
        Forms = entry.Forms,
        Precedence = entry.Precedence,
        Associativity = (ExpressionAssociativity)entry.Associativity,
        Meaning = entry.Meaning,
    };

    private static ExpressionFunction Function(string family, FunctionEntry entry) => new()
    {
        Name = entry.Names[0],
        Aliases = [.. entry.Names.Skip(1)],
        Family = family,
        Signature = entry.Signature,
        Operands = [.. entry.Operands.Select(operand => new ExpressionOperand
        {
            Name = operand.Trim('*', '?'),
            Optional = operand.EndsWith('?'),
            Repeated = operand.StartsWith('*'),
        })],
        Keywords = [.. entry.Keywords.Select(keyword => new ExpressionKeyword
        {
            Name = keyword.Name,
            Default = keyword.Default.Length > 0 ? keyword.Default : null,
        })],
        Operator = entry.Operator,
        Meaning = entry.Meaning,
    };

    private static ExpressionExample Example(ExampleEntry entry) => new()
    {
        Expression = entry.Expression,
        Inputs = Values(entry.Inputs),
        Value = entry.Value,
        Gradients = Values(entry.Gradients),
    };

    private static Dictionary<string, TensorValue> Values(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, TensorValue>>(json, BackpropJson.Create())!;
}
