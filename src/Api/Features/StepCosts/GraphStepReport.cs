using System.Globalization;
using Backprop.Api.Features.Catalogues;
using Backprop.Client.Costs;
using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Reconciliation;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Maps the cost of a graph's training step to the contract.</summary>
internal sealed record GraphStepReport(StepCostRequest Request, GraphStepCost Cost, ComputePrecision Precision, DType Declared,
    HardwareProfile? Hardware)
{
    private const double Milli = 1000;

    private readonly OptimizerMethod optimizer = (OptimizerMethod)(Request.Optimizer ?? OptimizerKind.Adam);

    /// <summary>The graph.</summary>
    public required string GraphId { get; init; }

    /// <summary>The rates of the device.</summary>
    public required Func<CompiledQuery, (DeviceRates Fastest, DeviceRates Typical)> Rates { get; init; }

    private StepPrice Price => Cost.Price;

    private double Recomputed => Price.RecomputedFlops;

    private double Backward => (double)Price.Backward.Total.Flops - Recomputed;

    private double Forward => (double)Price.Forward.Total.Flops;

    /// <summary>The answer.</summary>
    public StepCostAnswer Answer()
    {
        var memory = GraphStepMemory.Of(Cost, Precision, Declared, optimizer, Request.MasterWeights);
        return new StepCostAnswer
        {
            GraphId = GraphId,
            Precision = (Precision)Precision,
            Flops = Flops(),
            BackwardToForward = Forward > 0 ? Backward / Forward : 0,
            Memory = memory,
            Time = Time(memory),
            Utilization = Utilization(),
            Fit = Hardware is null ? null : new StepFit
            {
                Fits = memory.Total <= Hardware.MemoryBytes,
                NeededBytes = memory.Total,
                CapacityBytes = Hardware.MemoryBytes,
                Changes = [],
            },
            Formulas = CostMapper.Origins(GraphStepOrigins.List(Cost, optimizer, Hardware)),
            Assumptions = [.. Assumptions()],
            Inconsistencies = CostMapper.Conflicts(Conflicts(memory)),
        };
    }

    private StepFlops Flops()
    {
        Work total = Price.Forward.Total + Price.Backward.Total;
        Dictionary<string, double> backward = Price.Backward.Operators.ToDictionary(price => price.Name, price => (double)price.Work.Flops);
        IEnumerable<string> names = Price.Forward.Operators.Select(price => price.Name).Union(backward.Keys);
        Dictionary<string, double> forward = Price.Forward.Operators.ToDictionary(price => price.Name, price => (double)price.Work.Flops);
        return new StepFlops
        {
            Forward = Forward,
            Backward = Backward,
            Model = Forward + Backward,
            Recomputed = Recomputed,
            Hardware = Forward + Backward + Recomputed,
            Optimizer = (double)optimizer.FlopsByParameter() * Cost.Wrt.Elements,
            Transcendentals = (double)total.Transcendentals,
            Bytes = (double)total.Bytes,
            Parts = [.. names
                .Select(name => new FlopsPart { Name = name, Forward = forward.GetValueOrDefault(name), Backward = backward.GetValueOrDefault(name) })
                .OrderByDescending(part => part.Forward + part.Backward)],
        };
    }

    private StepTime Time(StepMemory memory)
    {
        GraphStepTime time = Cost.Time(Rates);
        (DeviceRates fastest, DeviceRates typical) = Rates(Cost.Step);
        double moved = optimizer == OptimizerMethod.None ? 0 : memory.Gradients + (2 * (memory.Parameters + memory.MasterWeights + memory.Moments));
        var update = new Interval(moved / fastest.BytesPerSecond(moved), moved / typical.BytesPerSecond(moved));
        Interval step = time.Step + update;
        return new StepTime
        {
            LowerMs = step.Lower * Milli,
            UpperMs = step.Upper * Milli,
            ExpectedMs = Request.Mfu is { } mfu && Hardware is { } device ? (Forward + Backward) / (Peak(device) * mfu) * Milli : null,
            Forward = CostMapper.Interval(time.Forward * Milli),
            Backward = CostMapper.Interval(time.Backward * Milli),
            Recomputed = CostMapper.Interval(time.Recomputed * Milli),
            Optimizer = CostMapper.Interval(update * Milli),
            Operators = [.. time.Operators.Select(op => new OperatorTime
            {
                Name = op.Name,
                Flops = op.Work.Flops,
                Bytes = op.Work.Bytes,
                LowerMs = op.Seconds.Lower * Milli,
                Bound = op.IsComputeBound ? RooflineBound.Compute : RooflineBound.Memory,
            })],
        };
    }

    private StepUtilization? Utilization()
    {
        if (Hardware is not { } device)
        {
            return null;
        }

        (string Of, double Ms, double Model, double Done)? measured =
            Request.StepMs is { } step ? ("stepMs", step, Forward + Backward, Forward + Backward + Recomputed)
            : Request is { ForwardMs: { } first, BackwardMs: { } second }
                ? ("forwardMs + backwardMs", first + second, Forward + Backward, Forward + Backward + Recomputed)
            : Request.ForwardMs is { } alone ? ("forwardMs", alone, Forward, Forward)
            : Request.BackwardMs is { } back ? ("backwardMs", back, Backward, Backward + Recomputed)
            : null;
        return measured is not { } given ? null : new StepUtilization
        {
            Of = given.Of,
            Mfu = given.Model / (Peak(device) * given.Ms / Milli),
            Hfu = given.Done / (Peak(device) * given.Ms / Milli),
            ModelTflopsPerDevice = given.Model / (given.Ms / Milli) / 1e12,
        };
    }

    private double Peak(HardwareProfile device) => device.Peak(device.Multiplies(Precision)!.Value);

    private IEnumerable<CostConflict> Conflicts(StepMemory memory) => Hardware is null ? []
        : Reconciliation.Of(new MeasuredStep(Hardware, Precision, Cost.Wrt.Elements)
        {
            ForwardFlops = Forward,
            ForwardFormula = "every operator of the graph",
            BackwardFlops = Backward + Recomputed,
            ForwardSeconds = Request.ForwardMs / Milli,
            BackwardSeconds = Request.BackwardMs / Milli,
            StepSeconds = Request.StepMs / Milli,
            WeightBytes = 0, // a look-up reads a few rows of its table
            LeastBytes = memory.Parameters + memory.Gradients + memory.MasterWeights + memory.Moments,
            MeasuredBytes = Request.MeasuredBytes,
        });

    private IEnumerable<string> Assumptions()
    {
        yield return $"{Cost.Wrt.Elements.ToString("#,0", CultureInfo.InvariantCulture)} elements are trained: " +
            $"{string.Join(", ", Cost.Wrt.Wrt.Take(20))}{(Cost.Wrt.Wrt.Count > 20 ? ", …" : string.Empty)}.";
        if (Request.Optimizer is null)
        {
            yield return "The optimizer is Adam.";
        }

        if (Request.Precision is null)
        {
            yield return $"The precision is {Precision.Text()}.";
        }
        else if (Precision.StoredBytes() != Declared.Size())
        {
            yield return $"The graph is declared in {Declared.Label()}; in {Precision.Text()} a number takes {Precision.StoredBytes()} bytes " +
                $"instead of {Declared.Size()}. plannedPeak is for the declared type.";
        }

        yield return Hardware is null
            ? "hardware: this server's host, with measured rates of products, functions, moved bytes and started steps; the ends of the " +
                "interval are its best rates and those typical of graphs."
            : "On the device, the steps are those that this server would run, with the same fusion; at the lower end arithmetic hides traffic, at " +
                "the upper end matrix products reach 0.35 of the peak and every step is launched.";
    }
}
