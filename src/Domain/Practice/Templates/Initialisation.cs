using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Variances of initial weights and signals, and normalized activations.</summary>
internal static class Initialisation
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("xavier-variance", QuestionFormat.Numeric, "inputs=64..1024/64 outputs=64..1024/64", XavierVariance),
        Row("he-deviation", QuestionFormat.Numeric, "inputs=64..2048/64 outputs=64..1024/64", HeDeviation),
        Row("signal-variance", QuestionFormat.Numeric, "deviation=0.02..0.12/0.02 layers=2..8 width=64,128,256,512", SignalVariance),
        Row("layer-norm-output", QuestionFormat.Numeric, "a=-6..6 b=-6..6 c=-6..6 d=-6..6", LayerNormOutput),
    ];

    // Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, equation 12.
    private static Drawn? XavierVariance(TemplateDraw d)
    {
        (double inputs, double outputs) = (d["inputs"], d["outputs"]);
        return inputs == outputs ? null : new Drawn
        {
            Texts = Texts(("sum", inputs + outputs), ("answer", 2 / (inputs + outputs))),
            Number = Number(
                2 / (inputs + outputs),
                null,
                (2 / inputs, "That is He's variance, which keeps the forward signal of ReLU layers."),
                (1 / inputs, "That keeps only the variance of the forward pass; Glorot's compromise respects the backward pass too."),
                (1 / (inputs + outputs), "The mean of the two widths is (in + out)/2: a factor of 2 is missing."),
                (Math.Sqrt(2 / (inputs + outputs)), "That is the standard deviation."),
                (6 / (inputs + outputs), "√(6/(in + out)) is the bound of the uniform distribution, whose variance is a third of its square.")),
        };
    }

    // He, Zhang, Ren, Sun: Delving Deep into Rectifiers, ICCV 2015, equation 10.
    private static Drawn? HeDeviation(TemplateDraw d)
    {
        (double inputs, double outputs) = (d["inputs"], d["outputs"]);
        double answer = Math.Sqrt(2 / inputs);
        return inputs == outputs ? null : new Drawn
        {
            Texts = Texts(("variance", 2 / inputs), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (2 / inputs, "That is the variance; its root is asked for."),
                (Math.Sqrt(1 / inputs), "ReLU passes half of the variance on: the weights make up for it by a factor of 2."),
                (Math.Sqrt(2 / outputs), "With fan-in the number of *inputs* counts."),
                (Math.Sqrt(2 / (inputs + outputs)), "That is Glorot's.")),
        };
    }

    private static Drawn? SignalVariance(TemplateDraw d)
    {
        (double deviation, double layers, double width) = (d["deviation"], d["layers"], d["width"]);
        double perLayer = width * deviation * deviation;
        double answer = Math.Pow(perLayer, layers);
        return Math.Abs(perLayer - 1) < 0.05 ? null : new Drawn
        {
            Texts = Texts(("perLayer", perLayer), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (perLayer, "That is one layer; the factors multiply over the layers."),
                (Math.Pow(width * deviation, layers), "Variances multiply: it is σ², not σ, that counts."),
                (layers * perLayer, "The factors of the layers multiply, they do not add."),
                (Math.Pow(Math.Sqrt(perLayer), layers), "That is the factor of the standard deviation.")),
        };
    }

    // Ba, Kiros, Hinton: Layer Normalization, 2016, equation 4, without gain and bias, ε = 1e-5.
    private static Drawn? LayerNormOutput(TemplateDraw d)
    {
        double[] x = [d["a"], d["b"], d["c"], d["d"]];
        Figure figure = Figure(
            "m = (a + b + c + d)/4; v = ((a - m)^2 + (b - m)^2 + (c - m)^2 + (d - m)^2)/4; y = (a - m)/sqrt(v + 0.00001)",
            ("a", x[0]), ("b", x[1]), ("c", x[2]), ("d", x[3]));
        double mean = x.Average();
        double variance = x.Average(value => (value - mean) * (value - mean));
        double answer = d.At(figure).Value;
        return variance < 0.5 || Math.Abs(x[0] - mean) < 0.25 ? null : new Drawn
        {
            Texts = Texts(("x", Shown.List(x)), ("mean", mean), ("variance", variance), ("answer", answer)),
            Number = Number(
                answer,
                null,
                ((x[0] - mean) / Math.Sqrt(variance * 4 / 3), "Layer normalisation divides the sum of squares by n, not by n − 1."),
                ((x[0] - mean) / variance, "It divides by the standard deviation, not by the variance."),
                (x[0] / Math.Sqrt(variance), "The mean is subtracted first."),
                (x[0] - mean, "The difference is still to be divided by the standard deviation.")),
        };
    }
}
