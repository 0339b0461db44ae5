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

    private Measurements Measured => StepRequestMapper.Measured(Request);

    /// <summary>The answer.</summary>
    public StepCostAnswer Answer()
    {
        var planned = new PlannedBytes(Cost.Wrt.Elements, Cost.Wrt.Bytes, Cost.DataBytes, Cost.GradientBytes, Cost.PeakBytes);
        var memory = GraphStepMemory.Of(planned, Declared, Precision, optimizer, Request.MasterWeights);
        return new StepCostAnswer
        {
            GraphId = GraphId,
            Precision = (Precision)Precision,
            Flops = Flops(),
            BackwardToForward = Price.ForwardFlops > 0 ? Price.BackwardToForward : 0,
            Memory = Memory(memory),
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
            Forward = Price.ForwardFlops,
            Backward = Price.BackwardFlops,
            Model = Price.ModelFlops,
            Recomputed = Price.RecomputedFlops,
            Hardware = Price.ModelFlops + Price.RecomputedFlops,
            Optimizer = (double)optimizer.FlopsByParameter() * Cost.Wrt.Elements,
            Transcendentals = (double)total.Transcendentals,
            Bytes = (double)total.Bytes,
            Parts = [.. names
                .Select(name => new FlopsPart { Name = name, Forward = forward.GetValueOrDefault(name), Backward = backward.GetValueOrDefault(name) })
                .OrderByDescending(part => part.Forward + part.Backward)],
        };
    }

    private StepMemory Memory(GraphStepMemory memory) => new()
    {
        Parameters = memory.Parameters,
        Gradients = memory.Gradients,
        MasterWeights = memory.MasterWeights,
        Moments = memory.Moments,
        Activations = new ActivationMemory { Stored = memory.Activations, Recomputed = 0 },
        Inputs = memory.Data,
        PlannedPeak = Cost.PeakBytes,
        Total = memory.Total,
        TotalGb = memory.Total / 1e9,
        TotalGib = memory.Total / (1L << 30),
    };

    private StepTime Time(GraphStepMemory memory)
    {
        GraphStepTime time = Cost.Time(Rates);
        (DeviceRates fastest, DeviceRates typical) = Rates(Cost.Step);
        Interval update = memory.UpdateSeconds(optimizer, fastest, typical);
        Interval step = time.Step + update;
        return new StepTime
        {
            LowerMs = step.Lower * Milli,
            UpperMs = step.Upper * Milli,
            ExpectedMs = Request.Mfu is { } mfu && Hardware is { } device ? Price.ModelFlops / (Peak(device) * mfu) * Milli : null,
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

    private StepUtilization? Utilization() => Hardware is { } device
        && Domain.Costs.Steps.Utilization.Measured(
            Measured, Price.ForwardFlops, Price.BackwardFlops, Price.RecomputedFlops, devices: 1, Peak(device)) is { } measured
        ? StepAnswerMapper.Utilization(measured) : null;

    private double Peak(HardwareProfile device) => device.Peak(device.Multiplies(Precision)!.Value);

    private IEnumerable<CostConflict> Conflicts(GraphStepMemory memory) => Hardware is null ? []
        : Reconciliation.Of(new MeasuredStep(Hardware, Precision, Cost.Wrt.Elements)
        {
            ForwardFlops = Price.ForwardFlops,
            ForwardFormula = "every operator of the graph",
            BackwardFlops = Price.BackwardFlops + Price.RecomputedFlops,
            ForwardSeconds = Measured.ForwardSeconds,
            BackwardSeconds = Measured.BackwardSeconds,
            StepSeconds = Measured.StepSeconds,
            WeightBytes = 0, // a look-up reads a few rows of its table
            LeastBytes = memory.States,
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
