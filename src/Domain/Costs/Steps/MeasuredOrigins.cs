using static Backprop.Domain.Costs.FormulaText;

namespace Backprop.Domain.Costs.Steps;

/// <summary>How the figures are computed that follow from measured times, from the device's memory and from the tokens of a run.</summary>
internal static class MeasuredOrigins
{
    /// <summary>Lists the figures that the answer has.</summary>
    public static IEnumerable<CostOrigin> List(StepSetup setup)
    {
        if (setup.Hardware is { } hardware)
        {
            double peak = hardware.Peak(setup.Multiplied);
            if (Utilization.Measured(setup, hardware) is { } used)
            {
                yield return new CostOrigin(
                    "utilization.mfu",
                    $"model FLOPs / ({used.Of} · devices · peak) = model FLOPs / ({Of(used.Seconds)} s · {setup.Layout.Devices} · {Of(peak)})",
                    "Chowdhery et al. 2022 (PaLM), §4.1 and appendix B",
                    "hfu: the same with flops.recomputed");
            }

            if (setup.Measured.Mfu is { } mfu)
            {
                yield return new CostOrigin(
                    "time.expectedMs",
                    $"model FLOPs / ({Of(mfu)} · {setup.Layout.Devices} · {Of(peak)})",
                    "the definition of MFU");
            }

            yield return new CostOrigin(
                "fit.neededBytes",
                "memory.total",
                "this answer",
                "bytes of the fullest device, against its memory in GB of 1e9 bytes");
            yield return new CostOrigin(
                "fit.fewestDevices",
                $"the first that fits of d·t·p devices in rising number: d sharing the batch, t ≤ {FewestDevices.MostTensor} sharing the heads, " +
                    $"p sharing the layers evenly, one sequence at a time",
                "search",
                "the batch as requested; one of one sequence per replica grows with them");
        }

        if (setup.Measured.Tokens is { } tokens)
        {
            yield return new CostOrigin(
                "run.flops",
                $"flops.model · tokens / tokens of a step = {Of(StepWork.Of(setup).Model)} · {Of(tokens)} / {Of(setup.Tokens)}",
                "this answer",
                "model FLOPs");
            yield return new CostOrigin(
                "run.sixNd",
                $"6 · {Of((double)setup.Model.Active)} · {Of(tokens)}",
                "Kaplan et al. 2020, §2.1",
                "N the active parameters, including the embedding");
            yield return new CostOrigin("run.petaflopsDays", "run.flops / 8.64e19", "Kaplan et al. 2020", "days at 1 PFLOP/s");
        }
    }
}
