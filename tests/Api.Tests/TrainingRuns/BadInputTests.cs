using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>Whatever is wrong with a request is told at its place, and nothing of the request is stored.</summary>
public sealed class BadInputTests(TrainingFixture api) : IClassFixture<TrainingFixture>
{
    private const string Sound = """
        {"expression":"loss = mean((x @ w + b - t)^2)","parameters":{"w":[[0],[0]],"b":0},
         "data":{"x":[[0,0],[0,1],[1,0],[1,1]],"t":[[0],[1],[1],[2]]},"steps":10}
        """;

    // The members that replace those of a sound request (null removes one), the path of the error, and a part of its message.
    public static TheoryData<string, string, string> Cases => new()
    {
        // The body.
        { """{"expression":null}""", "", "graph, expression, graphId and onnx" },
        { """{"graphId":"g"}""", "", "exactly one" },
        { """{"expression":"loss = mean(("}""", "expression", "line" },
        { """{"expression":null,"graphId":"no-such-graph"}""", "graphId", "no-such-graph" },
        { """{"expression":null,"onnx":"AAAA"}""", "onnx", "" },
        { """{"expression":null,"onnx":"not base64"}""", "onnx", "" },
        { """{"expression":"loss = (x @ w + b - t)^2"}""", "loss", "" },
        { """{"loss":"nothing"}""", "loss", "nothing" },
        { """{"surprise":1}""", "surprise", "" },
        { """{"steps":"ten"}""", "steps", "" },

        // The length of the run.
        { """{"steps":null}""", "", "steps and epochs" },
        { """{"epochs":3}""", "", "steps and epochs" },
        { """{"steps":0}""", "steps", "at least 1" },
        { """{"steps":-5}""", "steps", "at least 1" },
        { """{"steps":1000000000000}""", "steps", "Training:MaxSteps" },
        { """{"steps":1e300}""", "steps", "Training:MaxSteps" },
        { """{"steps":1.5}""", "steps", "whole" },
        { """{"steps":null,"epochs":1000000000000}""", "epochs", "Training:MaxSteps" },
        { """{"steps":null,"epochs":0}""", "epochs", "at least 1" },

        // The data.
        { """{"data":{"x":[[0,0],[0,1],[1,0],[1,1]],"t":[[0],[1],[1]]}}""", "data.t", "" },
        { """{"data":{"x":[[0,0],[0,"NaN"],[1,0],[1,1]],"t":[[0],[1],[1],[2]]}}""", "data.x", "NaN" },
        { """{"data":{"x":[[0,0],[0,1],[1,0],[1,1]],"t":[[0],[1],[1],[1e999]]}}""", "data.t", "" },
        { """{"data":{"x":[[0,0],[0],[1,0],[1,1]],"t":[[0],[1],[1],[2]]}}""", "data.x", "ragged" },
        { """{"data":{"x":[[0,0],[0,1],[1,0],[1,1]]}}""", "data.t", "no value" },
        { """{"data":{"x":[[0,0],[0,1],[1,0],[1,1]],"t":[[0],[1],[1],[2]],"z":[1,2,3,4]}}""", "data.z", "z" },
        { """{"data":{"x":[[0,0,0],[0,1,0],[1,0,0],[1,1,0]],"t":[[0],[1],[1],[2]]}}""", "expression", "" },
        { """{"data":{"x":[],"t":[]}}""", "data.x", "" },
        { """{"data":{"x":1,"t":[[0],[1],[1],[2]]}}""", "data.x", "" },
        { """{"data":{"x":null,"t":[[0]]}}""", "data.x", "null" },
        { """{"inputs":{"x":[[1,2]]}}""", "inputs.x", "" },

        // Batches.
        { """{"batchSize":0}""", "batchSize", "at least 1" },
        { """{"batchSize":5}""", "batchSize", "4" },
        { """{"batchSize":1e12}""", "batchSize", "" },
        { """{"accumulationSteps":0}""", "accumulationSteps", "at least 1" },
        { """{"dataParallel":2}""", "dataParallel", "must be 1" },
        { """{"device":"cuda"}""", "device", "auto or host" },
        { """{"dtype":"int64"}""", "dtype", "float" },

        // Parameters.
        { """{"parameters":null}""", "parameters", "what is trained" },
        { """{"parameters":{}}""", "parameters", "" },
        { """{"parameters":{"w":[[0],[0]],"b":0,"q":1}}""", "parameters.q", "q" },
        { """{"parameters":{"w":[[0],["NaN"]],"b":0}}""", "parameters.w", "" },
        { """{"parameters":{"w":{"initializer":"xavier","shape":[2,1]},"b":0}}""", "parameters.w.initializer", "xavierUniform" },
        { """{"parameters":{"w":{"initializer":"xavierUniform","shape":[2,-1]},"b":0}}""", "parameters.w.shape[1]", "extent" },
        { """{"parameters":{"w":{"initializer":"normal","shape":[2,1],"std":-1},"b":0}}""", "parameters.w.std", "" },
        { """{"parameters":{"w":{"initializer":"uniform","shape":[2,1],"low":2,"high":1},"b":0}}""", "parameters.w.high", "" },
        { """{"parameters":{"w":{"initializer":"xavierUniform","shape":[2000000,2000000]},"b":0}}""", "parameters", "Training:MaxStateBytes" },
        { """{"parameters":{"x":[[0,0],[0,1],[1,0],[1,1]],"w":[[0],[0]],"b":0}}""", "data.x", "also in parameters" },

        // The optimizer and its schedule.
        { """{"optimizer":{"name":"adamm"}}""", "optimizer.name", "adam" },
        { """{"optimizer":{}}""", "optimizer.name", "missing" },
        { """{"optimizer":{"name":"sgd","learningRate":-1}}""", "optimizer.learningRate", "" },
        { """{"optimizer":{"name":"sgd","learningRate":1e999}}""", "optimizer.learningRate", "" },
        { """{"optimizer":{"name":"adam","beta1":1}}""", "optimizer.beta1", "" },
        { """{"optimizer":{"name":"adam","momentum":0.9}}""", "optimizer.momentum", "" },
        { """{"optimizer":{"name":"sgd","nesterov":true}}""", "optimizer.nesterov", "" },
        { """{"schedule":{"name":"cosine","warmupSteps":-1}}""", "schedule.warmupSteps", "" },
        { """{"schedule":{"name":"step","stepSize":0}}""", "schedule.stepSize", "" },
        { """{"schedule":{"name":"oneCycle","maximum":1,"pctStart":2}}""", "schedule.pctStart", "" },

        // Gradients, validation, records, early stopping.
        { """{"clipNorm":-1}""", "clipNorm", "" },
        { """{"clipValue":"NaN"}""", "clipValue", "finite" },
        { """{"epsilon":0.001}""", "epsilon", "finiteDifferences" },
        { """{"gradient":"finiteDifferences","epsilon":-1}""", "epsilon", "positive" },
        { """{"validation":{"data":{"x":[[0,0]]}}}""", "validation.data.t", "" },
        { """{"validation":{"data":{"x":[[0,0]],"t":[[0]]},"every":0}}""", "validation.every", "at least 1" },
        { """{"record":{"every":0}}""", "record.every", "at least 1" },
        { """{"stop":{"patience":0}}""", "stop.patience", "at least 1" },
        { """{"stop":{"nonFinite":"ignore"}}""", "stop.nonFinite", "skip" },
        { """{"checkpointEvery":0}""", "checkpointEvery", "at least 1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_request_that_is_wrong_is_refused_at_its_place(string changes, string path, string part)
    {
        JsonObject body = JsonNode.Parse(Sound)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes.Replace("1e999", "\"big\"", StringComparison.Ordinal))!.AsObject())
        {
            body.Remove(name);
            if (value is not null)
            {
                body[name] = value.DeepClone();
            }
        }

        var before = await api.RowsAsync();
        using HttpResponseMessage response = await api.Http.PostAsync("/training-runs", Probes.Json(body.ToJsonString().Replace("\"big\"", "1e999")));
        ((int)response.StatusCode).ShouldBeInRange(400, 422, await response.Content.ReadAsStringAsync());
        JsonObject problem = await response.ShouldBeProblemAsync(response.StatusCode);
        JsonObject errors = problem["errors"].ShouldBeOfType<JsonObject>(problem.ToJsonString());
        errors.Select(error => error.Key).ShouldContain(path, errors.ToJsonString());
        errors[path]!.ToJsonString().ShouldContain(part, Case.Insensitive);
        (await api.RowsAsync() with { Metrics = before.Metrics }).ShouldBe(before);
    }

    [Fact]
    public async Task The_request_that_they_change_is_sound()
    {
        using HttpResponseMessage response = await api.Http.PostAsync("/training-runs", Probes.Json(Sound));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        response.Headers.Location!.OriginalString.ShouldStartWith("/training-runs/");
    }

    [Theory]
    [InlineData("""{"optimizer":{"name":"sgd","learningRate":1e300}}""")]
    [InlineData("""{"parameters":{"w":[[1e308],[1e308]],"b":1e308}}""")]
    public async Task A_request_that_is_only_unwise_diverges(string changes)
    {
        JsonObject body = JsonNode.Parse(Sound)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            body[name] = value!.DeepClone();
        }

        using HttpResponseMessage response = await api.Http.PostAsync("/training-runs", Probes.Json(body.ToJsonString()));
        string answer = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, answer);
        (_, Client.Training.TrainingRunPage end) = await api.Api.FinishAsync(JsonNode.Parse(answer)!["id"]!.GetValue<string>());
        end.State.ShouldBe(Client.Training.TrainingRunState.Diverged);
        end.Warnings!.ShouldHaveSingleItem().Node.ShouldNotBeNullOrEmpty();
    }
}
