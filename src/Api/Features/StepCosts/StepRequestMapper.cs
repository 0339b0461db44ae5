using Backprop.Api.Features.Catalogues;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Maps a step of the contract to the domain: fills in every default and records it as an assumption.</summary>
internal sealed class StepRequestMapper
{
    private const long DefaultSequence = 2048;

    private readonly StepCostRequest _request;
    private readonly List<string> _assumptions = [];

    private StepRequestMapper(StepCostRequest request) => _request = request;

    /// <summary>Maps a validated request about a model.</summary>
    /// <returns>The step and the assumptions made.</returns>
    /// <exception cref="ProblemException">The step is inconsistent (422 at the member).</exception>
    public static (StepSetup Setup, IReadOnlyList<string> Assumptions) Read(StepCostRequest request)
    {
        var reading = new StepRequestMapper(request);
        StepSetup setup = reading.Setup();
        (string Path, string Message)[] broken = [.. StepRules.Broken(setup)];
        if (broken.Length > 0)
        {
            throw new ProblemException(new Problem(422, string.Join(" ", broken.Select(rule => rule.Message)))
            {
                Errors = broken.GroupBy(rule => rule.Path).ToDictionary(group => group.Key, group => group.Select(rule => rule.Message).ToArray()),
            });
        }

        return (setup, reading._assumptions);
    }

    private StepSetup Setup()
    {
        ModelProfile model = ModelMapper.Read(_request.Model!);
        HardwareProfile? hardware = Hardware();
        ComputePrecision precision = Precision(hardware);
        ParallelLayout layout = Layout();
        (long batch, long micro) = Batch(layout);
        OptimizerMethod optimizer = (OptimizerMethod)(_request.Optimizer ?? OptimizerKind.Adam);
        if (_request.Optimizer is null)
        {
            _assumptions.Add("The optimizer is Adam.");
        }

        var setup = new StepSetup
        {
            Model = model,
            Hardware = hardware,
            Precision = precision,
            Sequence = Sequence(model),
            Batch = batch,
            MicroBatch = micro,
            Layout = layout,
            Optimizer = optimizer,
            Policy = (ActivationPolicy)(_request.Checkpointing ?? RecomputationPolicy.None),
            Attention = (AttentionCount)(_request.Attention ?? AttentionConvention.Full),
            FlashAttention = _request.FlashAttention ?? false,
            MasterWeights = MasterWeights(precision, optimizer),
            GradientBytes = GradientBytes(precision),
            Measured = Measured(_request),
        };
        Describe(setup);
        return setup;
    }

    private HardwareProfile? Hardware()
    {
        if (_request.Hardware is not { } choice)
        {
            return null;
        }

        HardwareProfile hardware = HardwareMapper.Read(choice);
        if (choice.Described is { LinkGbPerSecond: null } && _request.LinkGbPerSecond is null)
        {
            _assumptions.Add($"Devices are linked by {HardwareMapper.DefaultLinkGbPerSecond} GB/s in each direction (PCI Express 4.0 x16).");
        }

        return _request.LinkGbPerSecond is { } link ? hardware with { LinkBytesPerSecond = link * 1e9 } : hardware;
    }

    private ComputePrecision Precision(HardwareProfile? hardware)
    {
        ComputePrecision precision = HardwareMapper.Precision(_request.Precision, ComputePrecision.Bf16, hardware);
        if (_request.Precision is null)
        {
            _assumptions.Add($"The precision is " +
                $"{precision.Text()}{(hardware is null || precision == ComputePrecision.Bf16 ? "" : $", since {hardware.Name} has no bf16")}.");
        }
        else if (hardware?.Multiplies(precision) is { } other && other != precision)
        {
            _assumptions.Add($"{hardware.Name} has no units for {precision.Text()}: products are computed in {other.Text()}.");
        }

        if (precision is ComputePrecision.Fp8 or ComputePrecision.Fp4)
        {
            _assumptions.Add($"With {precision.Text()} weights and activations are stored in 16 bits and cast for the products.");
        }

        return precision;
    }

    private long Sequence(ModelProfile model)
    {
        if (_request.SequenceLength is { } given)
        {
            return given;
        }

        long sequence = model.Configuration?.Context ?? DefaultSequence;
        _assumptions.Add($"A sequence has {sequence} tokens{(model.Configuration is null ? "" : ", the context of the model")}.");
        return sequence;
    }

    private ParallelLayout Layout()
    {
        (long tensor, long stages) = (_request.TensorParallel ?? 1, _request.PipelineParallel ?? 1);
        Int128 shard = (Int128)tensor * stages;
        long replicas = _request.DataParallel ?? 1;
        if (_request is { Devices: { } devices, DataParallel: null })
        {
            replicas = devices % shard == 0
                ? (long)(devices / shard)
                : throw new ProblemException(422, "devices", $"{devices} is not a multiple of tensorParallel · pipelineParallel = {shard}.");
        }

        Int128 product = shard * replicas;
        if (_request.Devices is { } asked && product != asked)
        {
            throw new ProblemException(422, "devices",
                $"dataParallel · tensorParallel · pipelineParallel must equal devices, {asked}; it is {product}.");
        }

        if (product > StepRules.Most)
        {
            throw new ProblemException(422, "dataParallel",
                $"dataParallel · tensorParallel · pipelineParallel must be at most {StepRules.Most}; it is {product}.");
        }

        return new ParallelLayout(replicas, tensor, stages, _request.PipelineChunks ?? 1, _request.SequenceParallel ?? false,
            (int)(_request.ZeroStage ?? 0));
    }

    private (long Batch, long Micro) Batch(ParallelLayout layout)
    {
        long batch = _request.BatchSize ?? (long)Int128.Min(StepRules.Most, (Int128)layout.Data * (_request.MicroBatchSize ?? 1));
        if (_request.BatchSize is null)
        {
            _assumptions.Add($"The batch is {batch} sequence{(batch == 1 ? "" : "s")}: {_request.MicroBatchSize ?? 1} per replica.");
        }

        return (batch, _request.MicroBatchSize ?? (layout.Pipeline > 1 ? 1 : Math.Max(1, batch / layout.Data)));
    }

    private bool MasterWeights(ComputePrecision precision, OptimizerMethod optimizer)
    {
        if (_request.MasterWeights == true && !precision.IsShort())
        {
            throw new ProblemException(422, "masterWeights", $"masterWeights must be false: weights in {precision.Text()} need no copy in fp32.");
        }

        bool kept = _request.MasterWeights ?? optimizer.KeepsMasterWeights(precision);
        if (_request.MasterWeights is null && kept)
        {
            _assumptions.Add("Mixed precision: a copy of the weights and the optimizer's state are kept in fp32.");
        }

        return kept;
    }

    private int GradientBytes(ComputePrecision precision)
    {
        if (_request.GradientPrecision is not { } asked)
        {
            return precision.StoredBytes();
        }

        int bytes = ((ComputePrecision)asked).StoredBytes();
        return bytes == precision.StoredBytes() || bytes == sizeof(float)
            ? bytes
            : throw new ProblemException(422, "gradientPrecision",
                $"gradientPrecision must be fp32 or the precision of the weights; got {((ComputePrecision)asked).Text()}.");
    }

    /// <summary>What a request states as measured or assumed.</summary>
    internal static Measurements Measured(StepCostRequest request) => new()
    {
        ForwardSeconds = request.ForwardMs / 1e3,
        BackwardSeconds = request.BackwardMs / 1e3,
        StepSeconds = request.StepMs / 1e3,
        Bytes = request.MeasuredBytes,
        Mfu = request.Mfu,
        Tokens = request.Tokens,
    };

    private void Describe(StepSetup setup)
    {
        _assumptions.Add(setup.Model.Configuration is null
            ? "Only the model's parameters are known: attention scores are not counted, and activations are unknown."
            : "Only matrix products count as the model's FLOPs; norms, softmax and activations are counted separately, the embedding is a look-up.");
        if (setup.Model.Configuration is not null && !setup.FlashAttention)
        {
            _assumptions.Add("Attention keeps its scores for the backward pass unless they are recomputed; flashAttention does not store them.");
        }

        if (setup.Model.Configuration is { Experts: not null })
        {
            _assumptions.Add("Tokens are spread evenly over the experts, which the devices share like other weights.");
        }

        if (setup.Hardware is { } hardware)
        {
            if (!hardware.MatmulCeiling.ContainsKey(setup.Multiplied) && hardware.Ceiling(setup.Multiplied) >= 1)
            {
                _assumptions.Add($"No ceiling of matrix products is known for {hardware.Name} in {setup.Multiplied.Text()}: the lower end of the " +
                    $"time assumes its full peak.");
            }

            _assumptions.Add("Memory in GB of 1e9 bytes, all of it free for the step; fragmentation, buffers of libraries and of communication " +
                "are not counted.");
        }

        if (setup.Layout.Devices > 1)
        {
            _assumptions.Add("All devices are joined by the same link, in rings; layers are shared evenly by the stages.");
        }

        if (setup.Optimizer == OptimizerMethod.Muon)
        {
            _assumptions.Add("Muon keeps one moment for every parameter, those of the embedding and of vectors included.");
        }
    }
}
