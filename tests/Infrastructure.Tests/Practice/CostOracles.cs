namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Keys of the other templates by plain arithmetic or simulation, from what the learner sees; in the unit of the key.</summary>
internal static class CostOracles
{
    public static readonly Dictionary<string, Func<double[], double>> All = new()
    {
        // Finite differences, in days.
        ["forward-difference-time"] = n => (n[0] + 1) * n[1] / 1000 / 86400,
        ["central-difference-time"] = n => n[0] * 2 * n[1] / 1000 / 86400,
        ["difference-speedup"] = n => n[0] * n[1] / (n[1] + n[2]),
        ["difference-evaluations"] = n => 2 * ((n[0] + 1) * n[1]),

        // Optimisers.
        ["adam-first-step"] = n => AdamStep(n[0], n[1], n[2]),
        ["weight-decay-step"] = n => (n[2] * (1 - (n[4] * n[1]))) - (n[4] * n[3]),
        ["cosine-rate"] = n => n[0] * Math.Pow(Math.Cos(Math.PI * n[3] / n[2] / 2), 2),

        // Initialisation.
        ["xavier-variance"] = n => 1 / ((n[0] + n[1]) / 2),
        ["he-deviation"] = n => Math.Sqrt(2) / Math.Sqrt(n[0]),
        ["signal-variance"] = n => Enumerable.Range(0, (int)n[1]).Aggregate(n[0], (variance, _) => variance * n[2] * n[4] * n[4]),
        ["layer-norm-output"] = n => LayerNorm(n[1..5]),
        ["mlp-parameters"] = n => ((n[0] + 1) * n[1]) + ((n[1] + 1) * n[2]),
        ["convolution-parameters"] = n => n[1] * ((n[0] * n[2] * n[3]) + 1),

        // Precision.
        ["log-sum-exp"] = n => Math.Min(n[0], n[1]) + Math.Log(1 + Math.Exp(Math.Abs(n[0] - n[1]))),
        ["stable-softmax"] = n => 1 / (1 + Math.Exp(n[1] - n[0])),
        ["bf16-rounding"] = n => BFloat16((float)n[0]),
        ["loss-scale"] = n => Doubled(scale => Math.Pow(n[0], n[1]) * scale >= Math.Pow(2, -14)),

        // Memory, in GB if it is in bytes.
        ["checkpoint-memory"] = n => Held((int)n[0], (int)n[1]),
        ["fewest-activations"] = n => Enumerable.Range(1, (int)n[0]).Min(k => Held((int)n[0], k)),
        ["revolve-steps"] = n => Reversal((int)n[0], (int)n[1]),
        ["recompute-share"] = n => ((2 + n[0]) / (1 + n[0])) - 1,
        ["adam-memory"] = n => n[0] * (2 + 2 + 4 + 4 + 4) / 1e9,
        ["zero-memory"] = n => n[0] * Zero((int)n[3], n[2]) / 1e9,
        ["activation-memory"] = n => Layer(n[1], n[2], n[3], n[4]) / 1e9,

        // Training.
        ["product-flops"] = n => n[0] * n[3] * (n[1] + n[1]),
        ["product-backward-flops"] = n => (2 * n[0] * n[1] * n[3]) + (2 * n[1] * n[0] * n[3]),
        ["attention-flops"] = n => (2 * n[0] * n[1] * n[0]) + (2 * n[0] * n[0] * n[1]),
        ["training-flops"] = n => (2 + 4) * n[0] * n[1],
        ["training-days"] = n => 6 * n[0] * n[1] / (n[2] * n[3] * 1e12 * n[4] / 100) / 86400,
        ["model-utilisation"] = n => 6 * n[0] * (n[1] * n[2]) / (n[2] * 312e12),
        ["backward-ratio"] = n => n[1] / n[0] * n[2],
        ["arithmetic-intensity"] = n => 2 / (n[4] * ((1 / n[0]) + (1 / n[1]) + (1 / n[3]))),
        ["layer-parameters"] = n => n[0] * ((4 * n[1] * n[1]) + (2 * n[1] * 4 * n[1])),

        // Parallelism.
        ["pipeline-bubble"] = n => Pipeline((int)n[0], (int)n[1]),
        ["all-reduce-volume"] = n => Enumerable.Range(0, 2 * ((int)n[2] - 1)).Sum(_ => n[0] * n[1] / n[2]) / 1e9,
        ["amdahl"] = n => 100 / (100 - n[0] + (n[0] / n[1])),
        ["tokens-a-step"] = n => n[0] * n[1] * n[2] * n[3],
    };

    /// <summary>Keys that need more than the numbers of the prompt.</summary>
    public static readonly Dictionary<string, Func<Shown, double>> ByText = new()
    {
        ["momentum-velocity"] = q => Enumerable.Range(0, (int)q.AllNumbers[3]).Sum(i => q.AllNumbers[2] * Math.Pow(q.AllNumbers[0], i)),
        ["lost-update"] = q => LostUpdate(q.Numbers[0], q.Part("in (fp32|fp16|bf16)")),
    };

    private static double AdamStep(double w, double g, double rate)
    {
        (double m, double v) = (0.9 * 0, 0.999 * 0);
        m += (1 - 0.9) * g;
        v += (1 - 0.999) * g * g;
        return w - (rate * (m / (1 - 0.9)) / (Math.Sqrt(v / (1 - 0.999)) + 1e-8));
    }

    private static double LayerNorm(double[] x)
    {
        double mean = x.Sum() / x.Length;
        double variance = (x.Sum(value => value * value) / x.Length) - (mean * mean);
        return (x[0] - mean) / Math.Sqrt(variance + 1e-5);
    }

    // The upper half of a float's bits, rounded to nearest, ties to even.
    private static double BFloat16(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        bits += 0x7FFF + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(bits & 0xFFFF0000);
    }

    // The largest power of two whose addition changes nothing.
    private static double LostUpdate(double w, string format)
    {
        Func<double, double> rounded = format switch { "fp32" => x => (float)x, "fp16" => x => (double)(Half)x, _ => x => BFloat16((float)x) };
        double update = w;
        while (rounded(w + update) != w)
        {
            update /= 2;
        }

        return update;
    }

    private static double Doubled(Func<double, bool> enough)
    {
        double scale = 1;
        while (!enough(scale))
        {
            scale *= 2;
        }

        return scale;
    }

    // The backward pass, segment by segment, counting what is held.
    private static int Held(int layers, int segments)
    {
        int most = 0;
        for (int segment = 0; segment < segments; segment++)
        {
            int length = ((segment + 1) * layers / segments) - (segment * layers / segments);
            most = Math.Max(most, segments + length);
        }

        return most;
    }

    // Dynamic programming over where the next state is stored.
    private static long Reversal(int steps, int states)
    {
        var least = new long[steps + 1, states + 1];
        for (int s = 1; s <= states; s++)
        {
            for (int l = 2; l <= steps; l++)
            {
                least[l, s] = s == 1
                    ? (long)l * (l - 1) / 2
                    : Enumerable.Range(1, l - 1).Min(j => j + least[l - j, s - 1] + least[j, s]);
            }
        }

        return least[steps, states];
    }

    private static double Zero(int stage, double devices)
    {
        (double weights, double gradients, double optimizer) = (2, 2, 12);
        return (stage >= 3 ? weights / devices : weights) + (stage >= 2 ? gradients / devices : gradients) + (optimizer / devices);
    }

    // Korthikanti et al. 2022, section 4.1, part by part: attention 11sbh + 5as²b, feed-forward 19sbh, two layer norms 4sbh.
    private static double Layer(double s, double b, double h, double a) => (11 * s * b * h) + (5 * a * s * s * b) + (19 * s * b * h) + (4 * s * b * h);

    // The time when the last stage ends its last micro-batch, with one unit of time per stage and micro-batch.
    private static double Pipeline(int stages, int batches)
    {
        var free = new int[stages];
        int end = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            int ready = 0;
            for (int stage = 0; stage < stages; stage++)
            {
                ready = free[stage] = Math.Max(ready, free[stage]) + 1;
            }

            end = ready;
        }

        return (double)(end - batches) / batches;
    }
}
