using System.Collections.Frozen;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>An operator that is written as it is. Source: the operator schemas of ONNX 1.12, whose newest set is 17.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes in ONNX, including static operands that are attributes there.</param>
/// <param name="Domain">Its domain.</param>
internal sealed record StandardOperator(string Name, FrozenSet<string> Attributes, string Domain = "")
{
    private const string Pooling = "auto_pad ceil_mode kernel_shape pads strides";
    private const string Recurrent = "activation_alpha activation_beta activations clip direction hidden_size layout";

    private static readonly FrozenDictionary<string, StandardOperator> All = new[]
    {
        Plain(
            "Abs Neg Sign Sqrt Reciprocal Exp Log Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh Erf Floor Ceil Round Identity Add " +
                "Sub Mul Div Pow Max Min Sum Mean "
            + "Clip Equal Greater GreaterOrEqual Less LessOrEqual And Or Xor Not IsNaN Where Relu PRelu Sigmoid Softplus Softsign HardSwish " +
                "MatMul Expand Squeeze Unsqueeze Slice "
            + "Tile Size Range GlobalAveragePool GlobalMaxPool Det NonZero CastLike"),
        [
            Of("Mod", "fmod"), Of("IsInf", "detect_negative detect_positive"), Of("LeakyRelu", "alpha"), Of("ThresholdedRelu", "alpha"),
                Of("Elu", "alpha"),
            Of("Selu", "alpha gamma"), Of("HardSigmoid", "alpha beta"), Of("Shrink", "bias lambd"), Of("Cast", "to"),
                Of("Gemm", "alpha beta transA transB"),
            Of("Einsum", "equation"), Of("Softmax", "axis"), Of("LogSoftmax", "axis"), Of("LayerNormalization", "axis epsilon stash_type"),
            Of("SoftmaxCrossEntropyLoss", "ignore_index reduction"), Of("NegativeLogLikelihoodLoss", "ignore_index reduction"),
            Of("ReduceSum", "keepdims noop_with_empty_axes"), Of("CumSum", "exclusive reverse"), Of("ArgMax", "axis keepdims select_last_index"),
            Of("ArgMin", "axis keepdims select_last_index"), Of("TopK", "axis largest sorted"), Of("Reshape", "allowzero"), Of("Flatten", "axis"),
                Of("Transpose", "perm"),
            Of("Concat", "axis"), Of("Split", "axis"), Of("Pad", "mode"), Of("Trilu", "upper"), Of("Shape", "end start"), Of("Gather", "axis"),
                Of("GatherElements", "axis"),
            Of("GatherND", "batch_dims"), Of("ScatterElements", "axis reduction"), Of("ScatterND", "reduction"), Of("OneHot", "axis"),
            Of("Conv", "auto_pad dilations group kernel_shape pads strides"),
            Of("ConvTranspose", "auto_pad dilations group kernel_shape output_padding output_shape pads strides"),
            Of("MaxPool", Pooling + " dilations storage_order"), Of("AveragePool", Pooling + " count_include_pad"),
                Of("LpPool", "auto_pad kernel_shape p pads strides"),
            Of("GlobalLpPool", "p"), Of("LRN", "alpha beta bias size"), Of("BatchNormalization", "epsilon momentum training_mode"),
                Of("InstanceNormalization", "epsilon"),
            Of("LpNormalization", "axis p"), Of("MeanVarianceNormalization", "axes"), Of("DepthToSpace", "blocksize mode"),
                Of("SpaceToDepth", "blocksize"),
            Of("EyeLike", "dtype k"), Of("Hardmax", "axis"), Of("Compress", "axis"), Of("Dropout", "seed"), Of("LSTM", Recurrent + " input_forget"),
            Of("GRU", Recurrent + " linear_before_reset"), Of("RNN", Recurrent),
        ],
        [
            Of("Gradient", "xs y zs") with { Domain = OnnxDomains.Training },
            Of("Adam", "alpha beta epsilon norm_coefficient norm_coefficient_post") with { Domain = OnnxDomains.Training },
            Of("Adagrad", "decay_factor epsilon norm_coefficient") with { Domain = OnnxDomains.Training },
            Of("Momentum", "alpha beta mode norm_coefficient") with { Domain = OnnxDomains.Training },
        ],
        [.. "ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare".Split(' ')
            .Select(name => Of(name, "axes keepdims"))],
    }.SelectMany(group => group).ToFrozenDictionary(form => form.Name, StringComparer.Ordinal);

    /// <summary>The operator, or null if set 17 has none with this name.</summary>
    public static StandardOperator? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>True if set 17 supports the node: later sets added attributes, operands and element types.</summary>
    /// <param name="form">The node.</param>
    /// <param name="outputs">The number of values of the node.</param>
    /// <param name="type">The type of a named operand.</param>
    public bool Holds(NormalizedNode form, int outputs, Func<Operand, TensorType?> type) => HasOnlyKnownAttributes(form)
        && HasNoDynamicAttribute(form) && Name switch
        {
            "Clip" or "Dropout" => form.Inputs.Skip(1).All(number => type(number) is null or { Shape.Rank: 0 }),
            "Einsum" => !Text(form, "equation").Contains('.'), // ONNX does not broadcast it
            "ConvTranspose" => Text(form, "auto_pad") is "NOTSET" or "VALID" && !form.Attributes.ContainsKey("output_shape"), // programs disagree
            "RNN" or "GRU" or "LSTM" => form.Attributes["layout"].Numbers!.Value[0] == 0, // few programs support the other
            "MaxPool" => type(form.Inputs[0])?.DType.IsFloat() == true,
            "LayerNormalization" => outputs == 1 || type(form.Inputs[0])?.DType == DType.Float32,
            "Pad" => HasPlainBorders(form, type(form.Inputs[0])),
            "ScatterElements" or "ScatterND" => Text(form, "reduction") is "none" or "add" or "mul",
            "Split" => form.Attributes.ContainsKey("split"),
            _ => true,
        };

    // Axes were added later, as was the wrap mode; a mirrored border must fit into what it mirrors.
    private static bool HasPlainBorders(NormalizedNode form, TensorType? type)
    {
        bool isMirror = Text(form, "mode") == "reflect";
        return !form.Attributes.ContainsKey("axes") && form.Inputs.Count <= 3 && Text(form, "mode") != "wrap" && (!isMirror || (
            type is { } x && form.Attributes.TryGetValue("pads", out AttributeValue? pads)
            && pads.Numbers!.Value.ToIntegers().Index().All(pad => pad.Item < x.Shape[pad.Index % x.Shape.Rank])));
    }

    private static string Text(NormalizedNode form, string attribute) => form.Attributes[attribute].Texts![0];

    // An attribute that was added later may have its default, which is the earlier behaviour.
    private bool HasOnlyKnownAttributes(NormalizedNode form) => form.Attributes.All(attribute =>
        Attributes.Contains(attribute.Key)
        || form.Operator.Operands.Any(operand => operand.Static && operand.Name == attribute.Key)
        || IsDefault(form, attribute.Key, attribute.Value)
        || (attribute.Key == "noop_with_empty_axes" && form.Attributes.TryGetValue("axes", out AttributeValue? axes)
            && axes.Numbers!.Value.Count > 0));

    private static bool IsDefault(NormalizedNode form, string name, AttributeValue value) =>
        form.Operator.Attributes.FirstOrDefault(spec => spec.Name == name) is { Default: { } fallback } spec
            && AttributeValues.Same(spec.Normal(fallback), value);

    // An attribute of set 17 cannot come from a value.
    private bool HasNoDynamicAttribute(NormalizedNode form) => !form.Operator.Operands.Index().Any(operand =>
        operand.Item.Static && Attributes.Contains(operand.Item.Name) && operand.Index < form.Inputs.Count && !form.Inputs[operand.Index].IsOmitted);

    private static StandardOperator Of(string name, string attributes) => new(name, attributes.Split(' ').ToFrozenSet(StringComparer.Ordinal));

    private static IEnumerable<StandardOperator> Plain(string names) => names.Split(' ').Select(name => new StandardOperator(name, []));
}
