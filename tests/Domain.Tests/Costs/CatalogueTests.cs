using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>The catalogues: counts to the last digit from the configurations, and valid rows.</summary>
public class CatalogueTests
{
    [Theory]
    [InlineData("gpt2", 124_439_808)]
    [InlineData("gpt2-medium", 354_823_168)]
    [InlineData("gpt2-large", 774_030_080)]
    [InlineData("gpt2-xl", 1_557_611_200)]
    [InlineData("gpt3-125m", 125_226_240)]
    [InlineData("gpt3-350m", 355_871_744)]
    [InlineData("gpt3-760m", 760_300_032)]
    [InlineData("gpt3-1.3b", 1_315_723_264)]
    [InlineData("gpt3-2.7b", 2_651_553_280)]
    [InlineData("gpt3-6.7b", 6_658_404_352)]
    [InlineData("gpt3-13b", 12_853_386_240)]
    [InlineData("gpt3-175b", 174_604_259_328)]
    [InlineData("llama-2-7b", 6_738_415_616)]
    [InlineData("llama-2-13b", 13_015_864_320)]
    [InlineData("llama-2-70b", 68_976_648_192)]
    [InlineData("llama-3-8b", 8_030_261_248)]
    [InlineData("llama-3-70b", 70_553_706_496)]
    [InlineData("llama-3.1-405b", 405_853_388_800)]
    [InlineData("llama-3.2-1b", 1_235_814_400)]
    [InlineData("llama-3.2-3b", 3_212_749_824)]
    [InlineData("mistral-7b", 7_241_732_096)]
    [InlineData("mixtral-8x7b", 46_702_792_704, 12_879_925_248)]
    [InlineData("qwen2.5-7b", 7_615_616_512)]
    [InlineData("qwen2.5-32b", 32_763_876_352)]
    [InlineData("qwen2.5-72b", 72_706_203_648)]
    [InlineData("qwen3-8b", 8_190_735_360)]
    [InlineData("qwen3-30b-a3b", 30_532_122_624, 3_353_032_704L)]
    [InlineData("qwen3-235b-a22b", 235_093_634_560, 22_190_763_520)]
    [InlineData("gemma-2-2b", 2_614_341_888)]
    [InlineData("gemma-2-9b", 9_241_705_984)]
    [InlineData("gemma-2-27b", 27_227_128_320)]
    [InlineData("gemma-3-1b", 999_885_952)]
    [InlineData("gemma-3-27b", 27_009_346_304)]
    [InlineData("deepseek-v3", 671_026_419_200, 37_552_297_472)]
    [InlineData("opt-125m", 125_239_296)]
    [InlineData("bloom-176b", 176_247_271_424)]
    [InlineData("palm-540b", 540_356_474_880)]
    public void Parameters_are_exact(string id, long parameters, long? active = null)
    {
        ParameterCount count = ModelCatalogue.Find(id).ShouldNotBeNull().Parameters;
        ((long)count.Total).ShouldBe(parameters);
        ((long)count.Active).ShouldBe(active ?? parameters);
    }

    [Fact]
    public void Every_model_can_be() =>
        ModelCatalogue.All.ShouldAllBe(model => !TransformerRules.Broken(model.Configuration).Any());

    [Fact]
    public void Every_figure_of_a_device_has_a_source_and_marks_name_figures()
    {
        foreach (CataloguedHardware device in HardwareCatalogue.All)
        {
            string[] figures = [.. device.PeakTflops.Keys.Select(precision => $"peakTflops.{precision.Text()}"), "memoryGb", "bandwidthTbPerSecond", "linkGbPerSecond"];
            device.Uncertain.ShouldAllBe(path => figures.Contains(path), device.Id);
            device.Sources.Keys.ShouldBe(["peakTflops", "memoryGb", "bandwidthTbPerSecond", "linkGbPerSecond", "matmulCeiling"], ignoreOrder: true, device.Id);
            device.Sources.Values.ShouldAllBe(source => source.Length > 0);
            device.PeakTflops.Values.Append(device.MemoryGb).Append(device.BandwidthTbPerSecond).Append(device.LinkGbPerSecond).ShouldAllBe(value => value > 0);
        }
    }

    [Fact]
    public void Peaks_are_dense_and_ceilings_are_shares()
    {
        HardwareCatalogue.Find("h100-sxm-80gb")!.PeakTflops[ComputePrecision.Fp8].ShouldBe(1979);
        HardwareCatalogue.Find("a100-sxm-80gb")!.Profile.Ceiling(ComputePrecision.Fp16).ShouldBe(0.869);
        HardwareCatalogue.All.SelectMany(device => device.MatmulCeiling.Values).ShouldAllBe(ceiling => ceiling > 0 && ceiling < 1);
    }

    [Theory]
    [InlineData("cpu-avx2-16-core", 16, 3.0, 256)]
    [InlineData("cpu-avx512-64-core", 64, 2.5, 512)]
    public void Processors_follow_from_their_cores(string id, double cores, double gigahertz, long bits)
    {
        IReadOnlyDictionary<ComputePrecision, double> peaks = VectorProcessor.PeakFlops(cores, gigahertz, bits);
        HardwareProfile profile = Setups.Device(id);
        profile.Peak(ComputePrecision.Fp32).ShouldBe(peaks[ComputePrecision.Fp32], 1e6);
        profile.Peak(ComputePrecision.Fp64).ShouldBe(peaks[ComputePrecision.Fp64], 1e6);
    }

    [Theory]
    [InlineData("gpt3_175b", "gpt3-175b")]
    [InlineData("llama3.1-405b-instruct", "llama-3.1-405b")]
    public void A_wrong_id_has_near_ones(string wrong, string near) => ModelCatalogue.Suggestions.For(wrong).ShouldContain(near);

    [Theory]
    [InlineData("GPT3-175B", "gpt3-175b")]
    [InlineData("GPT-3", "gpt3-175b")]
    public void Case_does_not_matter(string id, string found) => ModelCatalogue.Find(id)!.Id.ShouldBe(found);

    [Fact]
    public void Nothing_is_near_nonsense() => HardwareCatalogue.Suggestions.For("").ShouldBeEmpty();
}
