using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

/// <summary>Inconsistent requests are rejected at their path, and nothing overflows.</summary>
public sealed class BadStepTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Model = "\"layers\":12,\"hidden\":768,\"heads\":12,\"vocabulary\":50257";
    private const string Card = "\"memoryGb\":80,\"bandwidthTbPerSecond\":2";

    [Theory]
    [InlineData("""{"model":"gpt5"}""", "model")]
    [InlineData("""{"model":""}""", "model")]
    [InlineData("""{"model":{"parameters":0}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":-7e9}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":"NaN"}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":"Infinity"}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":1e300}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":1.5}}""", "model.parameters")]
    [InlineData("""{"model":{"parameters":10,"activeParameters":11}}""", "model.activeParameters")]
    [InlineData("""{"model":{"parameters":10,"layers":2}}""", "model.parameters")]
    [InlineData("""{"model":"gpt2","hardware":"a200"}""", "hardware")]
    [InlineData("""{"model":"gpt2","batchSize":0}""", "batchSize")]
    [InlineData("""{"model":"gpt2","batchSize":1e300}""", "batchSize")]
    [InlineData("""{"model":"gpt2","sequenceLength":-1}""", "sequenceLength")]
    [InlineData("""{"model":"gpt2","sequenceLength":1025}""", "sequenceLength")]
    [InlineData("""{"model":"gpt2","tensorParallel":5}""", "tensorParallel")]
    [InlineData("""{"model":"llama-2-70b","tensorParallel":64,"pipelineParallel":3}""", "pipelineParallel")]
    [InlineData("""{"model":"gpt2","devices":3,"tensorParallel":2}""", "devices")]
    [InlineData("""{"model":"gpt2","devices":8,"dataParallel":2,"tensorParallel":2}""", "devices")]
    [InlineData("""{"model":{"parameters":7},"dataParallel":1000000000,"tensorParallel":1000000000}""", "dataParallel")]
    [InlineData("""{"model":"gpt2","batchSize":3,"dataParallel":2}""", "batchSize")]
    [InlineData("""{"model":"gpt2","batchSize":8,"dataParallel":2,"microBatchSize":3}""", "microBatchSize")]
    [InlineData("""{"model":"gpt2","pipelineChunks":2}""", "pipelineChunks")]
    [InlineData("""{"model":"gpt2","pipelineParallel":4,"pipelineChunks":3,"batchSize":6}""", "pipelineChunks")]
    [InlineData("""{"model":"gpt2","zeroStage":4}""", "zeroStage")]
    [InlineData("""{"model":"gpt2","mfu":0}""", "mfu")]
    [InlineData("""{"model":"gpt2","mfu":1.2}""", "mfu")]
    [InlineData("""{"model":"gpt2","mfu":"NaN"}""", "mfu")]
    [InlineData("""{"model":"gpt2","forwardMs":0}""", "forwardMs")]
    [InlineData("""{"model":"gpt2","stepMs":-1}""", "stepMs")]
    [InlineData("""{"model":"gpt2","stepMs":1e300}""", "stepMs")]
    [InlineData("""{"model":"gpt2","tokens":0.5}""", "tokens")]
    [InlineData("""{"model":"gpt2","tokens":"Infinity"}""", "tokens")]
    [InlineData("""{"model":"gpt2","measuredBytes":0}""", "measuredBytes")]
    [InlineData("""{"model":"gpt2","precision":"fp32","masterWeights":true}""", "masterWeights")]
    [InlineData("""{"model":"gpt2","gradientPrecision":"fp64"}""", "gradientPrecision")]
    [InlineData("""{"model":"gpt2","hardware":"tpu-v4","precision":"fp32"}""", "precision")]
    public async Task Refused_at_its_path(string body, string path) => await RefusedAsync(body, path, 422);

    [Theory]
    [InlineData("\"kvHeads\":5", "kvHeads")]
    [InlineData("\"heads\":7", "headDimension")]
    [InlineData("\"layers\":0", "layers")]
    [InlineData("\"hidden\":1e300", "hidden")]
    [InlineData("\"context\":0", "context")]
    [InlineData("\"normsPerLayer\":9", "normsPerLayer")]
    [InlineData("\"slidingWindow\":4,\"slidingLayers\":13", "slidingLayers")]
    [InlineData("\"experts\":{\"count\":4,\"active\":5}", "experts.active")]
    [InlineData("\"experts\":{\"count\":-4,\"active\":1}", "experts.count")]
    [InlineData("\"experts\":{\"count\":4,\"active\":1,\"denseLayers\":13}", "experts.denseLayers")]
    [InlineData("\"bias\":\"all\",\"latentAttention\":{\"queryRank\":0,\"keyValueRank\":8,\"contentDimension\":8,\"rotaryDimension\":8,\"valueDimension\":8}", "latentAttention")]
    [InlineData("\"latentAttention\":{\"queryRank\":0,\"keyValueRank\":0,\"contentDimension\":8,\"rotaryDimension\":8,\"valueDimension\":8}", "latentAttention.keyValueRank")]
    public async Task A_configuration_that_cannot_be(string members, string path)
    {
        string first = members.Split(':')[0];
        string rest = string.Join(',', Model.Split(',').Where(member => !member.StartsWith(first, StringComparison.Ordinal)));
        await RefusedAsync($$"""{"model":{ {{rest}},{{members}} } }""", $"model.{path}", 422);
    }

    [Fact]
    public async Task More_parameters_than_are_priced() =>
        await RefusedAsync("""{"model":{"layers":1000000,"hidden":1000000000,"heads":1,"vocabulary":1000000000,"feedForward":1000000000}}""", "model", 422);

    [Theory]
    [InlineData("\"peakTflops\":{\"bf16\":0}," + Card, "peakTflops.bf16", 422)]
    [InlineData("\"peakTflops\":{\"bf16\":\"NaN\"}," + Card, "peakTflops.bf16", 422)]
    [InlineData("\"peakTflops\":{\"bf16\":1e300}," + Card, "peakTflops.bf16", 422)]
    [InlineData("\"peakTflops\":{}," + Card, "peakTflops", 422)]
    [InlineData("\"peakTflops\":{\"int3\":5}," + Card, "peakTflops.int3", 400)]
    [InlineData("\"cores\":8,\"peakTflops\":{\"fp32\":5}," + Card, "peakTflops", 400)]
    [InlineData("\"cores\":8," + Card, "gigahertz", 400)]
    [InlineData("\"cores\":8,\"gigahertz\":3,\"vectorBits\":300," + Card, "vectorBits", 422)]
    [InlineData("\"peakTflops\":{\"bf16\":5},\"memoryGb\":80", "bandwidthTbPerSecond", 400)]
    [InlineData("\"peakTflops\":{\"bf16\":5},\"memoryGb\":-1,\"bandwidthTbPerSecond\":2", "memoryGb", 422)]
    [InlineData("\"peakTflops\":{\"bf16\":5},\"matmulCeiling\":1.1," + Card, "matmulCeiling", 422)]
    public async Task A_device_that_cannot_be(string members, string path, int status) =>
        await RefusedAsync($$"""{"model":"gpt2","hardware":{ {{members}} } }""", $"hardware.{path}", status);

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"model":"gpt2","expression":"L = x^2"}""", "")]
    [InlineData("""{"model":7}""", "model")]
    [InlineData("""{"model":{}}""", "model.layers")]
    [InlineData("""{"model":{"layers":2.5}}""", "model.layers")]
    [InlineData("""{"model":{"layres":2}}""", "model.layres")]
    [InlineData("""{"model":{"experts":{"count":2}}}""", "model.experts.active")]
    [InlineData("""{"model":{"parameters":1e999}}""", "model.parameters")]
    [InlineData("""{"model":"gpt2","precision":"fp12"}""", "precision")]
    [InlineData("""{"model":"gpt2","optimizer":"magic"}""", "optimizer")]
    [InlineData("""{"model":"gpt2","batchSize":"many"}""", "batchSize")]
    [InlineData("""{"model":"gpt2","hardware":[]}""", "hardware")]
    [InlineData("""{"model":"\ud800"}""", "model")]
    public async Task What_cannot_be_read_is_400(string body, string path) => await RefusedAsync(body, path, 400);

    private async Task RefusedAsync(string body, string path, int status)
    {
        var response = await api.Http.PostAsync("/step-costs", Probes.Json(body));
        var problem = await response.ShouldBeProblemAsync((HttpStatusCode)status);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldContain(path);
    }
}
