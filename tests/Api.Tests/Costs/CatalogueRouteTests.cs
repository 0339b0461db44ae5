using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Costs;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

public sealed class CatalogueRouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Models_are_filtered()
    {
        ModelList all = await api.Api.ListModelsAsync();
        all.Total.ShouldBe(all.Items.Count);
        all.Total.ShouldBeGreaterThan(35);
        (await api.Api.ListModelsAsync(family: "gpt-3")).Items.Count.ShouldBe(8);
        (await api.Api.ListModelsAsync(minParameters: 1e11)).Items.ShouldAllBe(model => model.Parameters >= 100_000_000_000);
        (await api.Api.ListModelsAsync(maxParameters: 1e9)).Items.ShouldAllBe(model => model.Parameters <= 1_000_000_000);
        (await api.Api.ListModelsAsync(q: "LLAMA", minParameters: 6e10)).Items.Select(model => model.Id).ShouldBe(["llama-2-70b", "llama-3-70b", "llama-3.1-405b"]);
    }

    [Theory]
    [InlineData("/models?family=lama-3", "family", "did you mean 'Llama 3'")]
    [InlineData("/models?family=zzz", "family", "The catalogue has no family 'zzz'")]
    [InlineData("/hardware?vendor=NVDIA", "vendor", "did you mean 'NVIDIA'")]
    [InlineData("/hardware?kind=gpus", "kind", "did you mean 'gpu'")]
    [InlineData("/hardware?kind=npu", "kind", "did you mean")]
    public async Task An_unknown_filter_is_named_with_a_suggestion(string path, string parameter, string message) =>
        (await (await api.Http.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(parameter).ShouldContain(message);

    [Fact]
    public async Task Parts_of_a_model_add_up_and_aliases_name_it()
    {
        foreach (ModelSummary model in (await api.Api.ListModelsAsync()).Items)
        {
            ModelPage page = await api.Api.GetModelAsync(model.Id);
            page.Parts.Sum(part => part.Count).ShouldBe(page.Parameters, model.Id);
            page.Source.ShouldNotBeNullOrWhiteSpace();
            page.Formulas.Select(formula => formula.Figure).ShouldBe(["parameters", "forwardFlopsPerToken"]);
        }

        (await api.Api.GetModelAsync("gpt-3")).Id.ShouldBe("gpt3-175b");
    }

    [Fact]
    public async Task Every_configuration_can_be_sent_back_and_has_the_same_parameters()
    {
        foreach (ModelSummary model in (await api.Api.ListModelsAsync()).Items)
        {
            ModelPage page = await api.Api.GetModelAsync(model.Id);
            StepCostAnswer own = await api.Api.StepCostAsync(new StepCostRequest { Model = page.Configuration });
            StepCostAnswer named = await api.Api.StepCostAsync(new StepCostRequest { Model = model.Id });
            own.Model!.Parameters.ShouldBe(model.Parameters, model.Id);
            own.Model.ActiveParameters.ShouldBe(model.ActiveParameters, model.Id);
            own.Flops.Model.ShouldBe(named.Flops.Model, model.Id);
            own.Memory.Total.ShouldBe(named.Memory.Total, model.Id);
        }
    }

    [Fact]
    public async Task Hardware_is_filtered_and_every_figure_has_its_source()
    {
        (await api.Api.ListHardwareAsync(vendor: "amd")).Items.Select(device => device.Id).ShouldBe(["mi250x-128gb", "mi300x-192gb", "mi325x-256gb"]);
        (await api.Api.ListHardwareAsync(kind: "tpu")).Items.ShouldAllBe(device => device.Kind == HardwareKind.Tpu);
        (await api.Api.ListHardwareAsync(minMemoryGb: 80, maxMemoryGb: 80)).Items.ShouldAllBe(device => device.MemoryGb.Value == 80);
        HardwarePage device = await api.Api.GetHardwareAsync("b200");
        device.PeakTflops[Precision.Bf16].ShouldBe(new HardwareFigure { Value = 2250, Uncertain = false, Source = device.PeakTflops[Precision.Bf16].Source });
        device.PeakTflops[Precision.Fp64].Uncertain.ShouldBeTrue();
        device.BandwidthTbPerSecond.Uncertain.ShouldBeTrue();
        device.MatmulCeiling[Precision.Bf16].Value.ShouldBe(0.776);
    }

    [Theory]
    [InlineData("/models/gpt3_175b", "did you mean 'gpt3-175b'")]
    [InlineData("/hardware/a100-sxm-80", "did you mean 'a100-sxm-80gb'")]
    [InlineData("/models/~", "GET /models")]
    public async Task What_is_unknown_is_404_with_a_hint(string uri, string hint)
    {
        var problem = await (await api.Http.GetAsync(uri)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        problem["detail"]!.GetValue<string>().ShouldContain(hint);
    }

    [Theory]
    [InlineData("/models?minParameters=NaN", "minParameters", 422)]
    [InlineData("/models?minParameters=-1", "minParameters", 422)]
    [InlineData("/models?minParameters=5&maxParameters=4", "maxParameters", 422)]
    [InlineData("/models?maxParameters=many", "maxParameters", 400)]
    [InlineData("/hardware?kind=toaster", "kind", 422)]
    [InlineData("/hardware?minMemoryGb=NaN", "minMemoryGb", 422)]
    public async Task A_filter_that_means_nothing_is_refused(string uri, string path, int status)
    {
        var problem = await (await api.Http.GetAsync(uri)).ShouldBeProblemAsync((HttpStatusCode)status);
        problem.ErrorAt(path).ShouldNotBeNullOrWhiteSpace();
    }
}
