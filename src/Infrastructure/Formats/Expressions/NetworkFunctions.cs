using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Layers and losses with PyTorch's names, operand order and keywords.</summary>
internal static class NetworkFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> All { get; } =
    [
        ("conv1d", Convolution(1)), ("conv2d", Convolution(2)), ("conv3d", Convolution(3)), ("avg_pool", Plain("AveragePool", 1)),
        ("layer_norm", Normalization("LayerNormalization", [1], 0)), ("rms_norm", Normalization("RMSNormalization", [1], 0)),
        ("instance_norm", Normalization("InstanceNormalization", [], 2)),
        ("batch_norm", new("x, mean, variance, scale, bias, epsilon=1E-05", BatchNormalization, "BatchNormalization")),
        ("group_norm", new("x, scale, bias, num_groups=, epsilon=1E-05", GroupNormalization, "GroupNormalization")),
        ("normalize", Plain("LpNormalization", 1)), ("interpolate", OperatorFunctions.Of("Resize")),
        ("cross_entropy", Loss("SoftmaxCrossEntropyLoss")), ("nll_loss", Loss("NegativeLogLikelihoodLoss")),
        ("scaled_dot_product_attention", OperatorFunctions.Of("Attention")),
        ("cond ifelse if select", ElementwiseFunctions.Simple("Where", 3)), ("piecewise", new("condition, value, *more, otherwise", Piecewise)),
    ];

    private static Function Plain(string op, int operands) => new(Signatures.Numbered(op, operands, []), (call, graph) =>
    {
        call = call.Renamed(("dim", "axis"), ("eps", "epsilon"));
        call.RequireArguments(operands, operands);
        return graph.Add(op, call.Arguments, call.Attributes());
    }, op);

    // One number applies to all axes.
    private static Function Convolution(int axes) => new("x, w, bias?, strides=1, dilations=1, group=1, pads=0, auto_pad='NOTSET'", (call, graph) =>
    {
        call = call.Renamed(("stride", "strides"), ("dilation", "dilations"), ("groups", "group"), ("padding", "pads"));
        call.RequireArguments(2, 3);
        call.RequireKeywords("strides", "dilations", "group", "pads", "auto_pad");
        Dictionary<string, AttributeValue> attributes = call.Attributes();
        foreach (string name in (string[])["strides", "dilations", "pads"])
        {
            if (call.Integers(name) is not { } numbers)
            {
                continue;
            }

            long[] each = numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], axes)] : numbers;
            attributes[name] = name == "pads" && each.Length == axes ? [.. each, .. each] : each;
        }

        return graph.Add("Conv", call.Arguments, attributes);
    }, "Conv");

    // A missing scale is 1 if the operator requires one; other operators require all their operands.
    private static Function Normalization(string op, double[] scale, int least) => new(Signatures.Normalization(op, least), (call, graph) =>
    {
        call = call.Renamed(("eps", "epsilon"), ("dim", "axis"));
        call.RequireArguments(1 + least, 3);
        call.RequireKeywords("axis", "epsilon");
        Operand[] operands = call.Arguments.Length == 1 ? [call.Arguments[0], .. scale.Select(number => (Operand)Literal.Of(number))]
            : call.Arguments;
        return graph.Add(op, operands, call.Attributes());
    }, op);

    // PyTorch's order: x, mean, variance, scale, bias.
    private static Operand BatchNormalization(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("eps", "epsilon"));
        call.RequireArguments(5, 5);
        call.RequireKeywords("epsilon");
        Operand[] x = call.Arguments;
        return graph.Add("BatchNormalization", [x[0], x[3], x[4], x[1], x[2]], call.Attributes());
    }

    // PyTorch's order: x, the number of groups, scale, bias.
    private static Operand GroupNormalization(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("eps", "epsilon"));
        if (call.Arguments is [_, { Number: { } groups }, _, _])
        {
            call = call with { Arguments = [call.Arguments[0], .. call.Arguments[2..]] };
            return graph.Add("GroupNormalization", call.Arguments, new Dictionary<string,
                AttributeValue>(call.Attributes())
            { ["num_groups"] = new AttributeValue(groups, null, false) });
        }

        call.RequireArguments(3, 3);
        call.RequireKeywords("num_groups", "epsilon");
        return graph.Add("GroupNormalization", call.Arguments, call.Attributes());
    }

    private static Function Loss(string op) => new("x, target, weight?, reduction='mean', ignore_index=None", (call, graph) =>
    {
        call.RequireArguments(2, 3);
        call.RequireKeywords("reduction", "ignore_index");
        return graph.Add(op, call.Arguments, call.Attributes());
    }, op);

    // Conditions and values alternate, followed by the default value.
    private static Operand Piecewise(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(3, int.MaxValue);
        call.RequireKeywords();
        if (call.Arguments.Length % 2 == 0)
        {
            throw call.Word.Error("'piecewise' takes alternating conditions and values, and a default value at the end");
        }

        Operand value = call.Arguments[^1];
        for (int i = call.Arguments.Length - 3; i >= 0; i -= 2)
        {
            value = graph.Add("Where", [call.Arguments[i], call.Arguments[i + 1], value]);
        }

        return value;
    }
}
