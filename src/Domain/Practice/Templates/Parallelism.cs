using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Training on several devices.</summary>
internal static class Parallelism
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("pipeline-bubble", QuestionFormat.Numeric, "batches=4..64/4 stages=2..16", PipelineBubble),
        Row("all-reduce-volume", QuestionFormat.Numeric, "bytes=2,4 devices=4,8,16,32,64 n=125e6,355e6,1.3e9,2.7e9,7e9", AllReduceVolume),
        Row("amdahl", QuestionFormat.Numeric, "factor=2..16 share=0.3..0.95/0.05", Amdahl),
        Row("tokens-a-step", QuestionFormat.Numeric, "accumulation=1..16 devices=8..128/8 micro=1..8 sequence=512,1024,2048,4096", TokensAStep),
    ];

    // Narayanan et al.: Efficient Large-Scale Language Model Training on GPU Clusters Using Megatron-LM, SC 2021, section 2.2: (p − 1)/m of the
    // ideal time.
    private static Drawn PipelineBubble(TemplateDraw d)
    {
        (double m, double p) = (d["batches"], d["stages"]);
        return new Drawn
        {
            Texts = Texts(("answer", (p - 1) / m), ("percent", 100 * (p - 1) / m), ("total", (p - 1) / (m + p - 1))),
            Number = Number(
                (p - 1) / m,
                null,
                ((p - 1) / (m + p - 1), "That is the fraction of the total time; the fraction of the ideal time is asked for."),
                (p / m, "The first micro-batch waits for p − 1 stages, not for p."),
                (1 / p, "It is the number of micro-batches that hides the bubble."),
                (m / (p - 1), "The other way round: more micro-batches make the bubble smaller.")),
        };
    }

    // Patarasuk, Yuan: Bandwidth optimal all-reduce algorithms for clusters of workstations, JPDC 69, 2009: 2(N − 1)/N of the data.
    private static Drawn AllReduceVolume(TemplateDraw d)
    {
        (double bytes, double devices, double n) = (d["bytes"], d["devices"], d["n"]);
        double size = bytes * n;
        double answer = 2 * (devices - 1) / devices * size;
        return new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("size", size / 1e9), ("answer", answer / 1e9)),
            Number = Number(
                answer,
                "B",
                (answer / 2, "That is only the reduce-scatter; the all-gather sends the same amount."),
                (2 * (devices - 1) * size, "In a ring each device sends one part of N at a time, not all of it."),
                (size, "Each part goes round twice: once to be summed, once to be spread."),
                (answer / bytes, "That counts elements, not bytes.")),
        };
    }

    // Amdahl: Validity of the single processor approach to achieving large scale computing capabilities, AFIPS 1967.
    private static Drawn Amdahl(TemplateDraw d)
    {
        (double factor, double share) = (d["factor"], d["share"]);
        double answer = 1 / (1 - share + (share / factor));
        return new Drawn
        {
            Texts = Texts(("percent", 100 * share), ("limit", 1 / (1 - share)), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (factor, "Only a part of the time shrinks."),
                (1 / (1 - share), "That is the limit for an unlimited factor."),
                (share * factor, "Times add up, speeds do not: add what stays and what shrinks."),
                (1 + (share * (factor - 1)), "Times add up, speeds do not: add what stays and what shrinks."),
                (1 - share + (share / factor), "That is the new time as a fraction of the old; its inverse is asked for.")),
        };
    }

    private static Drawn? TokensAStep(TemplateDraw d)
    {
        (double accumulation, double devices, double micro, double sequence) = (d["accumulation"], d["devices"], d["micro"], d["sequence"]);
        double answer = accumulation * devices * micro * sequence;
        return accumulation < 2 ? null : new Drawn
        {
            Texts = Texts(("sequences", accumulation * devices * micro), ("answer", answer)),
            Number = Number(
                answer,
                "tokens",
                (answer / accumulation, "Gradients are accumulated over several micro-batches before a step."),
                (answer / devices, "Every device works on sequences of its own."),
                (answer / sequence, "Those are sequences; each has many tokens."),
                (answer / micro, "A micro-batch has several sequences.")),
        };
    }
}
