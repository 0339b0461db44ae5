using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Tests.Costs;

/// <summary>Figures from papers, each computed from the configuration that the paper gives; nothing is fitted.</summary>
internal static class PublishedFigures
{
    private const string ThreeDigits = "printed with three digits, which are off by 0.5 % at most";

    public static IEnumerable<PublishedFigure> All() =>
        [.. Gpt3(), .. Palm(), .. MegatronTuring(), .. MegatronParameters(), .. MegatronDays(), .. Korthikanti(), .. Zero(), .. Others()];

    // Brown et al. 2020 count 6 FLOPs per parameter and token, for 300 billion tokens and without attention.
    private static IEnumerable<PublishedFigure> Gpt3()
    {
        (string Id, double Flops, double Days)[] table =
        [
            ("gpt3-125m", 2.25e20, 2.60), ("gpt3-350m", 6.41e20, 7.42), ("gpt3-760m", 1.37e21, 15.8), ("gpt3-1.3b", 2.38e21, 27.5),
            ("gpt3-2.7b", 4.77e21, 55.2), ("gpt3-6.7b", 1.20e22, 139), ("gpt3-13b", 2.31e22, 268), ("gpt3-175b", 3.14e23, 3640),
        ];
        const string Why = ThreeDigits + "; the table multiplies parameters rounded to three digits too";
        foreach ((string id, double flops, double days) in table)
        {
            double SixNd() => RunEstimate.Of(Setups.Step(Setups.Model(id)), 300e9, null).SixNd;
            yield return new PublishedFigure($"{id}: training FLOPs", "Brown et al. 2020, table D.1", flops, 0.006, Why, SixNd);
            yield return new PublishedFigure($"{id}: PFLOP/s-days", "Brown et al. 2020, table D.1", days, 0.006, Why, () => SixNd() / RunEstimate.PetaflopsDay);
        }
    }

    private static IEnumerable<PublishedFigure> Palm()
    {
        (TransformerConfiguration Model, double Parameters, double Tokens, double Flops)[] table =
        [
            (Setups.Palm(32, 4096, 16), 8.63e9, 780e9, 4.29e22), (Setups.Palm(64, 8192, 32), 62.50e9, 795e9, 3.08e23), (Setups.Palm(118, 18432, 48), 540.35e9, 780e9, 2.56e24),
        ];
        foreach ((TransformerConfiguration model, double parameters, double tokens, double flops) in table)
        {
            yield return new PublishedFigure($"PaLM {parameters:0.0e0}: parameters", "Chowdhery et al. 2022, table 1", parameters, 0.001, "printed with three to five digits",
                () => (double)ParameterCount.Of(model).Total);
            yield return new PublishedFigure($"PaLM {parameters:0.0e0}: training FLOPs", "Chowdhery et al. 2022, scaling of 8B to 540B", flops, 0.005, ThreeDigits,
                () => RunEstimate.Of(Setups.Step(model), tokens, null).Flops);
        }

        TransformerConfiguration palm = Setups.Model("palm-540b");
        StepSetup step = Setups.Step(palm);
        const double TokensPerSecond = 238_300, Chips = 6144, Peak = 275e12;
        yield return new PublishedFigure("PaLM 540B: MFU with attention", "Chowdhery et al. 2022, §4.1 and appendix B", 0.462, 0.002, ThreeDigits,
            () => StepWork.Of(step).Model / step.Tokens * TokensPerSecond / (Chips * Peak));
        yield return new PublishedFigure("PaLM 540B: MFU without attention", "Chowdhery et al. 2022, appendix B", 0.457, 0.002, ThreeDigits,
            () => StepWork.Of(step with { Model = Setups.Counted((double)step.Model.Parameters) }).Model / step.Tokens * TokensPerSecond / (Chips * Peak));
    }

    private static IEnumerable<PublishedFigure> MegatronTuring()
    {
        StepSetup step = Setups.Step(Setups.Gpt(105, 20480, 128));
        const double TokensPerSecond = 65_430, Possible = 2240 * 312e12;
        yield return new PublishedFigure("MT-NLG 530B: MFU with attention", "Chowdhery et al. 2022, appendix B", 0.302, 0.005, "three digits of MFU, and parameters rounded to 530 billion there",
            () => StepWork.Of(step).Model / step.Tokens * TokensPerSecond / Possible);
        yield return new PublishedFigure("MT-NLG 530B: MFU without attention", "Chowdhery et al. 2022, appendix B", 0.297, 0.005, "three digits of MFU, and parameters rounded to 530 billion there",
            () => 6 * (double)step.Model.Parameters * TokensPerSecond / Possible);
    }

    private static IEnumerable<PublishedFigure> MegatronParameters()
    {
        foreach (MegatronRow row in MegatronRow.All)
        {
            yield return new PublishedFigure($"{row.Billions} billion: parameters", "Narayanan et al. 2021, table 1", row.Billions * 1e9, row.Billions < 2 ? 0.03 : 0.015,
                "printed with one decimal", () => (double)ParameterCount.Of(row.Model).Total);
        }
    }

    // The paper's equation 4 counts 8 FLOPs per parameter and token; ours also counts attention and logits, 1 to 3 % more.
    private static IEnumerable<PublishedFigure> MegatronDays()
    {
        (string What, StepSetup Step, double Tokens, double Gpus, double Flops, double Days)[] runs =
        [
            ("GPT-3", Setups.Step(Setups.Gpt(96, 12288, 96)), 300e9, 1024, 140e12, 34), ("1 trillion", Setups.Step(Setups.Gpt(128, 25600, 160)), 450e9, 3072, 163e12, 84),
        ];
        foreach ((string what, StepSetup step, double tokens, double gpus, double flops, double days) in runs)
        {
            yield return new PublishedFigure($"{what}: days of training", "Narayanan et al. 2021, §5.1", days, 0.035, "attention and logits are left out there, 1 to 3 % of the work; days are whole",
                () => StepWork.Of(step with { Policy = ActivationPolicy.Full }).Hardware / step.Tokens * tokens / (gpus * flops) / 86_400);
        }
    }

    private static IEnumerable<PublishedFigure> Korthikanti()
    {
        (string What, TransformerConfiguration Model, long Batch, long Gpus, double Seconds, double Mfu, double Hfu)[] table =
        [
            ("22B", Setups.Gpt(48, 6144, 64), 4, 8, 1.10, 0.415, 0.437), ("175B", Setups.Gpt(96, 12288, 96), 64, 64, 13.75, 0.514, 0.528),
            ("530B", Setups.Gpt(105, 20480, 128), 280, 280, 37.83, 0.560, 0.570), ("1T", Setups.Gpt(128, 25600, 160), 512, 512, 71.49, 0.563, 0.570),
        ];
        foreach ((string what, TransformerConfiguration model, long batch, long gpus, double seconds, double mfu, double hfu) in table)
        {
            StepSetup step = Setups.Step(model, batch) with { Policy = ActivationPolicy.Selective };
            double possible = gpus * seconds * 312e12;
            yield return new PublishedFigure($"{what}: MFU", "Korthikanti et al. 2022, table 5", mfu, 0.006, "times and utilisations printed with three digits", () => StepWork.Of(step).Model / possible);
            yield return new PublishedFigure($"{what}: HFU by equation 8", "Korthikanti et al. 2022, table 5", hfu, 0.006, "times and utilisations printed with three digits",
                () => LiteratureFormulas.Of(step).Single(formula => formula.Name.Contains("eq. 8")).Flops / possible);
        }

        foreach ((string what, TransformerConfiguration model, double scores, double saved, double again) in new[]
        {
            ("GPT-3", table[1].Model, 80.0, 0.70, 0.027), ("MT-NLG", table[2].Model, 64.0, 0.65, 0.016),
        })
        {
            var layer = LayerActivationBytes.Of(model, 2048, 2);
            yield return new PublishedFigure($"{what}: 5as/h", "Korthikanti et al. 2022, §5", scores, 1e-12, "exact", () => layer.Scores / model.Hidden);
            yield return new PublishedFigure($"{what}: share of activations that selective recomputation saves", "Korthikanti et al. 2022, §5", saved, 0.01, "printed in whole per cent",
                () => layer.Scores / layer.On(new ParallelLayout(), withScores: true));
            yield return new PublishedFigure($"{what}: FLOPs that it adds, by equations 7 and 8", "Korthikanti et al. 2022, §5", again, 0.03, "printed with two digits",
                () => (Formula(model, "eq. 8") / Formula(model, "nothing recomputed")) - 1);
        }
    }

    private static double Formula(TransformerConfiguration model, string name) =>
        LiteratureFormulas.Of(Setups.Step(model)).Single(formula => formula.Name.Contains(name)).Flops;

    private static IEnumerable<PublishedFigure> Zero()
    {
        (double Parameters, long Replicas, int Stage, double Gigabytes)[] table =
        [
            (7.5e9, 64, 0, 120), (7.5e9, 64, 1, 31.4), (7.5e9, 64, 2, 16.6), (7.5e9, 64, 3, 1.88), (7.5e9, 4, 2, 41.3), (7.5e9, 16, 1, 35.6),
            (1e12, 1024, 3, 15.6), (1e12, 64, 1, 4187), (1.5e9, 1, 0, 24),
        ];
        foreach ((double parameters, long replicas, int stage, double gigabytes) in table)
        {
            yield return new PublishedFigure($"{parameters:0.0e0} parameters on {replicas}, stage {stage}: GB", "Rajbhandari et al. 2020, figure 1, table 1 and §3.1", gigabytes, 0.005, ThreeDigits,
                () => MemoryNeed.Of(Setups.Step(Setups.Counted(parameters), replicas, 1, new ParallelLayout(Data: replicas, ZeroStage: stage))).Total / 1e9);
        }
    }

    private static IEnumerable<PublishedFigure> Others()
    {
        yield return new PublishedFigure("Chinchilla 70B: training FLOPs", "Hoffmann et al. 2022, table 3 (the budget of Gopher)", 5.76e23, 0.03,
            "parameters and tokens are rounded to two digits there, the budget is given", () => RunEstimate.Of(Setups.Step(Setups.Counted(70e9)), 1.4e12, null).SixNd);
        yield return new PublishedFigure("Llama 3.1 405B: training FLOPs", "Grattafiori et al. 2024, §3.2", 3.8e25, 0.015, "printed with two digits",
            () => RunEstimate.Of(Setups.Step(Setups.Model("llama-3.1-405b")), 15.6e12, null).SixNd);
        StepSetup pure = Setups.Step(Setups.Counted(7e9)) with { MasterWeights = false };
        yield return new PublishedFigure("7B in pure bf16: GB of weights", "Zhao et al. 2024 (GaLore), §1", 14, 1e-9, "exact", () => MemoryNeed.Of(pure).Parameters / 1e9);
        yield return new PublishedFigure("7B in pure bf16: GB of gradients and Adam", "Zhao et al. 2024 (GaLore), §1", 42, 1e-9, "exact",
            () => (MemoryNeed.Of(pure).Gradients + MemoryNeed.Of(pure).Moments) / 1e9);
        yield return new PublishedFigure("LLaMA 65B: parameters", "Touvron et al. 2023, table 2", 65.2e9, 0.002, ThreeDigits, () => (double)ParameterCount.Of(Setups.Llama(80, 8192, 64, 22016)).Total);
        yield return new PublishedFigure("LLaMA 33B: parameters", "Touvron et al. 2023, table 2", 32.5e9, 0.002, ThreeDigits, () => (double)ParameterCount.Of(Setups.Llama(60, 6656, 52, 17920)).Total);
    }
}
