using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>What learners type into the search finds what they mean.</summary>
public sealed class QuestionSearchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("chain rule", "weight-used-twice")]
    [InlineData("autograd", "when-forward-mode-wins", "properties-of-reverse-mode")]
    [InlineData("zero_grad", "zeroing-gradients")]
    [InlineData("exploding gradients", "no-clipping-in-a-deep-network", "explosion-in-a-deep-transformer")]
    [InlineData("gradient explosion", "no-clipping-in-a-deep-network")]
    [InlineData("back-propagation", "why-backpropagation-is-linear")]
    [InlineData("backprop", "why-backpropagation-is-linear")]
    [InlineData("PyTorch", "in-place-operations")]
    [InlineData("LSTM", "vanishing-gradients")]
    [InlineData("batch norm", "backward-of-batch-normalisation", "batch-or-layer-normalisation")]
    [InlineData("BatchNorm", "open-batch-norm-inference")]
    [InlineData("RMSNorm", "rms-norm-subtracts-the-mean")]
    [InlineData("flash attention", "backward-of-attention")]
    [InlineData("FSDP", "stages-of-zero", "zero-communication")]
    [InlineData("GELU", "units-that-stop-learning")]
    [InlineData("logsumexp", "log-sum-exp")]
    [InlineData("log-sum-exp", "log-sum-exp")]
    [InlineData("scaling law", "compute-optimal-tokens")]
    [InlineData("GPT-3", "flops-per-token-of-gpt3")]
    [InlineData("recap", "weight-used-twice")]
    [InlineData("optimizer", "states-of-adam", "adam-with-l2")]
    [InlineData("optimiser", "states-of-adam", "adam-with-l2")]
    [InlineData("normalization", "batch-or-layer-normalisation")]
    [InlineData("initialization", "he-deviation")]
    [InlineData("AMP", "loss-scale")]
    [InlineData("rematerialization", "gradient-checkpointing")]
    [InlineData("HVP", "hessian-vector-product")]
    [InlineData("JVP", "directional-derivative")]
    public async Task A_usual_term_finds_its_questions(string query, params string[] ids) =>
        ids.Except(await FoundAsync(query)).ShouldBeEmpty();

    [Fact]
    public async Task Lesson_finds_the_seventeen_questions_of_the_lesson() => (await FoundAsync("lesson")).Length.ShouldBe(17);

    [Theory]
    [InlineData("normalization", "normalisation")]
    [InlineData("OPTIMIZER", "optimiser")]
    [InlineData("back-propagation", "backpropagation")]
    [InlineData("batch norm", "batch normalization")]
    [InlineData("JVPs", "jvp")]
    public async Task Spellings_find_the_same(string one, string other) =>
        (await FoundAsync(one)).ShouldBe(await FoundAsync(other), ignoreOrder: true);

    [Fact]
    public async Task Zero_finds_the_partitioning_first() =>
        (await FoundAsync("ZeRO"))[..3].ShouldContain(id => id == "stages-of-zero" || id == "zero-memory");

    private async Task<string[]> FoundAsync(string query)
    {
        JsonNode page = JsonNode.Parse(await api.Http.GetStringAsync($"/questions?limit=100&q={Uri.EscapeDataString(query)}"))!;
        return [.. page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
    }
}
