using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Tests.Costs;

/// <summary>A row of table 1 of Narayanan et al. 2021: A100 GPUs, sequences of 2048, full recomputation.</summary>
/// <param name="Billions">Parameters.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Hidden">Width.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Tensor">Devices that share a layer.</param>
/// <param name="Pipeline">Stages.</param>
/// <param name="Gpus">All devices.</param>
/// <param name="Batch">Sequences per step.</param>
/// <param name="Teraflops">Achieved TFLOP/s per GPU, by the paper's equation 3.</param>
internal sealed record MegatronRow(double Billions, long Heads, long Hidden, long Layers, long Tensor, long Pipeline, long Gpus, long Batch, double Teraflops)
{
    public static readonly MegatronRow[] All =
    [
        new(1.7, 24, 2304, 24, 1, 1, 32, 512, 137), new(3.6, 32, 3072, 30, 2, 1, 64, 512, 138), new(7.5, 32, 4096, 36, 4, 1, 128, 512, 142),
        new(18.4, 48, 6144, 40, 8, 1, 256, 1024, 135), new(39.1, 64, 8192, 48, 8, 2, 512, 1536, 138), new(76.1, 80, 10240, 60, 8, 4, 1024, 1792, 140),
        new(145.6, 96, 12288, 80, 8, 8, 1536, 2304, 148), new(310.1, 128, 16384, 96, 8, 16, 1920, 2160, 155), new(529.6, 128, 20480, 105, 8, 35, 2520, 2520, 163),
        new(1008.0, 160, 25600, 128, 8, 64, 3072, 3072, 163),
    ];

    public TransformerConfiguration Model => Setups.Gpt(Layers, Hidden, Heads);

    public StepSetup Step => Setups.Step(Model, Batch, 1, new ParallelLayout(Gpus / (Tensor * Pipeline), Tensor, Pipeline)) with
    {
        Policy = ActivationPolicy.Full,
        Hardware = Setups.Device("a100-sxm-80gb"),
    };
}
