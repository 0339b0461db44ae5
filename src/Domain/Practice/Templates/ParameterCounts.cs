using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Counts of parameters.</summary>
internal static class ParameterCounts
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("layer-parameters", QuestionFormat.Numeric, "h=512..8192/256 layers=6..96/6", LayerParameters),
        Row("mlp-parameters", QuestionFormat.Numeric, "hidden=16..512/16 inputs=8..784/8 outputs=2..20", MlpParameters),
        Row("convolution-parameters", QuestionFormat.Numeric, "inputs=1..64 kernel=1,3,5,7 outputs=8..128/8", ConvolutionParameters),
    ];

    // 4h² in attention, 8h² in a feed-forward layer of 4h (Kaplan et al. 2020, section 2.1), without biases, norms and embeddings.
    private static Drawn LayerParameters(TemplateDraw d)
    {
        (double h, double layers) = (d["h"], d["layers"]);
        return new Drawn
        {
            Texts = Texts(("attention", 4 * h * h), ("feedForward", 8 * h * h), ("answer", 12 * layers * h * h),
                ("short", Shown.Count(12 * layers * h * h))),
            Number = Number(
                12 * layers * h * h,
                null,
                (12 * h * h, "That is one layer."),
                (4 * layers * h * h, "Those are the four projections of attention; the feed-forward layer has twice as many."),
                (8 * layers * h * h, "Those are the feed-forward layers; the projections of attention add 4h² each."),
                (11 * layers * h * h, "Attention has four projections: queries, keys, values and output.")),
        };
    }

    private static Drawn MlpParameters(TemplateDraw d)
    {
        (double inputs, double hidden, double outputs) = (d["inputs"], d["hidden"], d["outputs"]);
        double first = (inputs * hidden) + hidden;
        double second = (hidden * outputs) + outputs;
        return new Drawn
        {
            Texts = Texts(("first", first), ("second", second), ("answer", first + second)),
            Number = Number(
                first + second,
                null,
                (first + second - hidden - outputs, "The biases are missing."),
                (inputs + hidden + outputs, "That counts units; a dense layer has a weight for each pair of units."),
                (first, "That is only the first layer."),
                (inputs * hidden * outputs, "The layers' counts add up.")),
        };
    }

    private static Drawn ConvolutionParameters(TemplateDraw d)
    {
        (double inputs, double kernel, double outputs) = (d["inputs"], d["kernel"], d["outputs"]);
        double answer = (outputs * inputs * kernel * kernel) + outputs;
        return new Drawn
        {
            Texts = Texts(("weights", outputs * inputs * kernel * kernel), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (outputs * inputs * kernel * kernel, "Each output channel has a bias too."),
                ((outputs * kernel * kernel) + outputs, "Each filter reaches through all input channels."),
                ((outputs * inputs * kernel) + outputs, "The kernel is square: k² positions."),
                ((inputs * kernel * kernel) + inputs, "There is a filter for each output channel.")),
        };
    }
}
