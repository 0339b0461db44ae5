using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>Fills in what the description of a step leaves open, and records each choice as an assumption.</summary>
public sealed class StepCompletion
{
    private const long DefaultSequence = 2048;
    private readonly StepDescription given;
    private readonly List<string> assumptions = [];

    private StepCompletion(StepDescription given) => this.given = given;

    /// <summary>The step with every choice made, and the assumptions behind the choices: sentences.</summary>
    /// <exception cref="CostException">The step is inconsistent.</exception>
    public static (StepSetup Setup, IReadOnlyList<string> Assumptions) Of(StepDescription given)
    {
        var completion = new StepCompletion(given);
        StepSetup setup = completion.Setup();
        (string Path, string Message)[] broken = [.. StepRules.Broken(setup)];
        return broken.Length == 0 ? (setup, completion.assumptions) : throw new CostException(broken);
    }

    private StepSetup Setup()
    {
        if (given.AssumedLinkGbPerSecond is { } link)
        {
            assumptions.Add($"Devices are linked by {link} GB/s in each direction (PCI Express 4.0 x16).");
        }

        ComputePrecision precision = Precision(given.Hardware);
        ParallelLayout layout = Layout();
        (long batch, long micro) = Batch(layout);
        OptimizerMethod optimizer = given.Optimizer ?? OptimizerMethod.Adam;
        if (given.Optimizer is null)
        {
            assumptions.Add("The optimizer is Adam.");
        }

        var setup = new StepSetup
        {
            Model = given.Model,
            Hardware = given.Hardware,
            Precision = precision,
            Sequence = Sequence(given.Model),
            Batch = batch,
            MicroBatch = micro,
            Layout = layout,
            Optimizer = optimizer,
            Policy = given.Policy,
            Attention = given.Attention,
            FlashAttention = given.FlashAttention,
            MasterWeights = MasterWeights(precision, optimizer),
            GradientBytes = GradientBytes(precision),
            Measured = given.Measured,
        };
        Describe(setup);
        return setup;
    }

    private ComputePrecision Precision(HardwareProfile? hardware)
    {
        ComputePrecision precision = PrecisionChoice.Of(given.Precision, ComputePrecision.Bf16, hardware);
        if (given.Precision is null)
        {
            assumptions.Add($"The precision is " +
                $"{precision.Text()}{(hardware is null || precision == ComputePrecision.Bf16 ? "" : $", since {hardware.Name} has no bf16")}.");
        }
        else if (hardware?.Multiplies(precision) is { } other && other != precision)
        {
            assumptions.Add($"{hardware.Name} has no units for {precision.Text()}: products are computed in {other.Text()}.");
        }

        if (precision is ComputePrecision.Fp8 or ComputePrecision.Fp4)
        {
            assumptions.Add($"With {precision.Text()} weights and activations are stored in 16 bits and cast for the products.");
        }

        return precision;
    }

    private long Sequence(ModelProfile model)
    {
        if (given.Sequence is { } stated)
        {
            return stated;
        }

        long sequence = model.Configuration?.Context ?? DefaultSequence;
        assumptions.Add($"A sequence has {sequence} tokens{(model.Configuration is null ? "" : ", the context of the model")}.");
        return sequence;
    }

    private ParallelLayout Layout()
    {
        (long tensor, long stages) = (given.Replica.Tensor, given.Replica.Pipeline);
        Int128 shard = (Int128)tensor * stages;
        long replicas = given.DataParallel ?? 1;
        if (given is { Devices: { } devices, DataParallel: null })
        {
            replicas = devices % shard == 0
                ? (long)(devices / shard)
                : throw new CostException(("devices", $"{devices} is not a multiple of tensorParallel · pipelineParallel = {shard}."));
        }

        Int128 product = shard * replicas;
        if (given.Devices is { } asked && product != asked)
        {
            throw new CostException(("devices", $"dataParallel · tensorParallel · pipelineParallel must equal devices, {asked}; it is {product}."));
        }

        if (product > StepRules.Most)
        {
            throw new CostException(("dataParallel",
                $"dataParallel · tensorParallel · pipelineParallel must be at most {StepRules.Most}; it is {product}."));
        }

        return given.Replica with { Data = replicas };
    }

    private (long Batch, long Micro) Batch(ParallelLayout layout)
    {
        long batch = given.Batch ?? (long)Int128.Min(StepRules.Most, (Int128)layout.Data * (given.MicroBatch ?? 1));
        if (given.Batch is null)
        {
            assumptions.Add($"The batch is {batch} sequence{(batch == 1 ? "" : "s")}: {given.MicroBatch ?? 1} per replica.");
        }

        return (batch, given.MicroBatch ?? (layout.Pipeline > 1 ? 1 : Math.Max(1, batch / layout.Data)));
    }

    private bool MasterWeights(ComputePrecision precision, OptimizerMethod optimizer)
    {
        if (given.MasterWeights == true && !precision.IsShort())
        {
            throw new CostException(("masterWeights", $"masterWeights must be false: weights in {precision.Text()} need no copy in fp32."));
        }

        bool kept = given.MasterWeights ?? optimizer.KeepsMasterWeights(precision);
        if (given.MasterWeights is null && kept)
        {
            assumptions.Add("Mixed precision: a copy of the weights and the optimizer's state are kept in fp32.");
        }

        return kept;
    }

    private int GradientBytes(ComputePrecision precision)
    {
        if (given.GradientPrecision is not { } asked)
        {
            return precision.StoredBytes();
        }

        int bytes = asked.StoredBytes();
        return bytes == precision.StoredBytes() || bytes == sizeof(float)
            ? bytes
            : throw new CostException(("gradientPrecision", $"gradientPrecision must be fp32 or the precision of the weights; got {asked.Text()}."));
    }

    private void Describe(StepSetup setup)
    {
        assumptions.Add(setup.Model.Configuration is null
            ? "Only the model's parameters are known: attention scores are not counted, and activations are unknown."
            : "Only matrix products count as the model's FLOPs; norms, softmax and activations are counted separately, the embedding is a look-up.");
        if (setup.Model.Configuration is not null && !setup.FlashAttention)
        {
            assumptions.Add("Attention keeps its scores for the backward pass unless they are recomputed; flashAttention does not store them.");
        }

        if (setup.Model.Configuration is { Experts: not null })
        {
            assumptions.Add("Tokens are spread evenly over the experts, which the devices share like other weights.");
        }

        if (setup.Hardware is { } hardware)
        {
            if (!hardware.MatmulCeiling.ContainsKey(setup.Multiplied) && hardware.Ceiling(setup.Multiplied) >= 1)
            {
                assumptions.Add($"No ceiling of matrix products is known for {hardware.Name} in {setup.Multiplied.Text()}: the lower end of the " +
                    $"time assumes its full peak.");
            }

            assumptions.Add("Memory in GB of 1e9 bytes, all of it free for the step; fragmentation, buffers of libraries and of communication " +
                "are not counted.");
        }

        if (setup.Layout.Devices > 1)
        {
            assumptions.Add("All devices are joined by the same link, in rings; layers are shared evenly by the stages.");
        }

        if (setup.Optimizer == OptimizerMethod.Muon)
        {
            assumptions.Add("Muon keeps one moment for every parameter, those of the embedding and of vectors included.");
        }
    }
}
