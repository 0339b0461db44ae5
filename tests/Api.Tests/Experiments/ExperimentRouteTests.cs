using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Experiments;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Experiments;

public sealed class ExperimentRouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly JsonSerializerOptions Json = BackpropJson.Create();

    [Fact]
    public async Task The_list_publishes_parameters_with_ranges_and_defaults()
    {
        ExperimentList list = await api.Api.ListExperimentsAsync();
        list.Items.Select(page => page.Name).ShouldBe(
            ["finite-differences", "forward-or-reverse", "gates", "overwritten-fan-out", "forgotten-zero-grad", "learning-rate", "vanishing-gradients",
                "exploding-gradients", "no-clipping", "stable-softmax", "low-precision", "checkpointing"], ignoreOrder: true);
        foreach (ExperimentPage page in list.Items)
        {
            page.LookFor.ShouldNotBeEmpty(page.Name);
            foreach (ExperimentParameter parameter in page.Parameters)
            {
                bool isNumber = parameter.Kind is ExperimentParameterKind.Number or ExperimentParameterKind.Integer;
                (parameter.Minimum is not null, parameter.Maximum is not null).ShouldBe((isNumber, isNumber), $"{page.Name} {parameter.Name}");
                (parameter.Choices is not null).ShouldBe(parameter.Kind == ExperimentParameterKind.Choice);
                parameter.Description.ShouldNotBeNullOrWhiteSpace();
            }

            string one = JsonSerializer.Serialize(await api.Api.GetExperimentAsync(page.Name), Json);
            one.ShouldBe(JsonSerializer.Serialize(page, Json));
        }
    }

    [Fact]
    public async Task Defaults_run_as_published_and_give_a_result()
    {
        foreach (ExperimentPage page in (await api.Api.ListExperimentsAsync()).Items)
        {
            var request = new ExperimentRequest { Parameters = page.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default), Seed = 7 };
            ExperimentAnswer answer = await api.Api.RunExperimentAsync(page.Name, request);
            (answer.Name, answer.Seed).ShouldBe((page.Name, 7));
            answer.Parameters.ShouldBe(request.Parameters);
            answer.Series.ShouldNotBeEmpty();
            answer.Series.ShouldAllBe(series => series.X.Count == series.Y.Count && answer.Charts.Any(chart => chart.Name == series.Chart));
            answer.Conclusion.ShouldEndWith(".");
            (answer.Series.Any(series => series.Measured == true) || answer.Table!.Columns.Any(column => column.Measured == true)).ShouldBe(page.Measures, page.Name);
        }
    }

    [Theory]
    [InlineData("vanishing-gradients", """{"depth":12,"seed":5}""")]
    [InlineData("no-clipping", """{"seed":-9223372036854775808}""")]
    [InlineData("stable-softmax", """{"points":11}""")]
    public async Task The_same_request_gives_the_same_bytes(string name, string body) =>
        (await TextAsync(name, body)).ShouldBe(await TextAsync(name, body));

    [Fact]
    public async Task Numbers_that_are_none_are_strings()
    {
        string text = await TextAsync("no-clipping", "{}");
        text.ShouldContain("\"NaN\"");
        ExperimentAnswer answer = JsonSerializer.Deserialize<ExperimentAnswer>(text, Json)!;
        answer.Series.Single(series => series is { Chart: "loss", Name: "without clipping" }).Y[^1].ShouldBe(double.NaN);
        JsonNode.DeepEquals(JsonNode.Parse(JsonSerializer.Serialize(answer, Json)), JsonNode.Parse(text)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"deptj":3}""", "deptj", "no parameter 'deptj'; did you mean 'depth'?")]
    [InlineData("""{"zzzzzz":3}""", "zzzzzz", "It takes depth, width, examples, activation, initialization, residual, normalization, seed.")]
    [InlineData("""{"depth":"3"}""", "depth", "depth must be a whole number from 2 to 50; got a string.")]
    [InlineData("""{"residual":1}""", "residual", "residual must be true or false; got a number.")]
    [InlineData("""{"activation":false}""", "activation", "activation must be one of sigmoid, tanh, relu, gelu, identity; got a boolean.")]
    [InlineData("""{"depth":null}""", "depth", "must be a number, a string, true or false; got null")]
    [InlineData("""{"depth":[3]}""", "depth", "must be a number, a string, true or false; got an array")]
    [InlineData("""{"depth":3,"depth":4}""", "depth", "appears twice")]
    [InlineData("""{"seed":1,"seed":1}""", "seed", "appears twice")]
    [InlineData("""{"seed":"1"}""", "seed", "must be a whole number; got a string")]
    [InlineData("""{"seed":1.5}""", "seed", "must be a whole number")]
    [InlineData("""{"depth":1e999}""", "depth", "exceeds the range of float64")]
    [InlineData("""{"activation":"\ud800"}""", "activation", "not valid Unicode")]
    [InlineData("""{"\ud800":1}""", "", "not valid Unicode")]
    [InlineData("[]", "", "must be an object; got an array")]
    [InlineData("null", "", "null")]
    [InlineData("{", "", "Malformed JSON")]
    public Task What_is_malformed_is_a_400_at_its_path(string body, string path, string message) => RefusedAsync(body, HttpStatusCode.BadRequest, path, message);

    [Theory]
    [InlineData("""{"depth":1}""", "depth", "depth must be a whole number from 2 to 50; got 1.")]
    [InlineData("""{"depth":2.5}""", "depth", "got 2.5.")]
    [InlineData("""{"depth":1e300}""", "depth", "got 1E+300.")]
    [InlineData("""{"depth":"NaN"}""", "depth", "got NaN.")]
    [InlineData("""{"width":-4}""", "width", "width must be a whole number from 4 to 64; got -4.")]
    [InlineData("""{"activation":"sigmod"}""", "activation", "got 'sigmod'; did you mean 'sigmoid'?")]
    [InlineData("""{"activation":""}""", "activation", "activation must be one of")]
    public Task What_is_out_of_range_is_a_422_at_its_path(string body, string path, string message) =>
        RefusedAsync(body, HttpStatusCode.UnprocessableEntity, path, message);

    [Fact]
    public async Task All_faults_are_reported_at_once()
    {
        using HttpResponseMessage response = await PostAsync("vanishing-gradients", """{"depth":1,"width":1000,"activation":"swish"}""");
        JsonObject problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["depth", "width", "activation"]);
    }

    [Fact]
    public async Task Every_number_just_outside_its_range_is_refused_at_its_name()
    {
        foreach (ExperimentPage page in (await api.Api.ListExperimentsAsync()).Items)
        {
            foreach (ExperimentParameter parameter in page.Parameters.Where(parameter => parameter.Minimum is not null))
            {
                foreach (double value in (double[])[parameter.Minimum!.Value - 1, parameter.Maximum!.Value + 1, double.MaxValue, double.MinValue])
                {
                    using HttpResponseMessage response = await PostAsync(page.Name, new JsonObject { [parameter.Name] = value }.ToJsonString());
                    (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(parameter.Name).ShouldStartWith($"{parameter.Name} must be ");
                }
            }
        }
    }

    [Fact]
    public async Task An_unknown_experiment_is_a_404_with_a_suggestion()
    {
        using HttpResponseMessage run = await PostAsync("vanishing-gradient", "{}");
        (await run.ShouldBeProblemAsync(HttpStatusCode.NotFound))["detail"]!.GetValue<string>().ShouldContain("did you mean 'vanishing-gradients'?");
        using HttpResponseMessage page = await api.Http.GetAsync("/experiments/softmax");
        (await page.ShouldBeProblemAsync(HttpStatusCode.NotFound))["detail"]!.GetValue<string>().ShouldContain("did you mean 'stable-softmax'?");
    }

    [Theory]
    [InlineData("gates")]
    [InlineData("gate")]
    public async Task A_body_that_is_not_json_is_a_415(string name)
    {
        using HttpResponseMessage response = await api.Http.PostAsync($"/experiments/{name}", new StringContent("a=1", Encoding.UTF8, "application/x-www-form-urlencoded"));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_picture_is_svg_that_shows_title_curves_and_conclusion()
    {
        foreach (ExperimentPage page in (await api.Api.ListExperimentsAsync()).Items)
        {
            XElement picture = XDocument.Parse(await api.Api.DrawExperimentAsync(page.Name, new ExperimentRequest())).Root!;
            picture.Name.LocalName.ShouldBe("svg");
            string[] texts = [.. picture.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];
            texts.ShouldContain(page.Title);
            texts.Length.ShouldBeGreaterThan(12, page.Name);
            picture.Descendants().Count(element => element.Name.LocalName == "g" && element.Attribute("class")?.Value == "bp-curve").ShouldBeGreaterThan(1);
            picture.Descendants().Single(element => element.Name.LocalName == "desc").Value.ShouldEndWith(".");
        }
    }

    [Fact]
    public async Task The_format_follows_accept()
    {
        using HttpResponseMessage picture = await PostAsync("gates", "{}", "image/svg+xml"), json = await PostAsync("gates", "{}", "application/json, image/svg+xml;q=0.5");
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        json.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        picture.Headers.Vary.ShouldContain("Accept");
        picture.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        json.Headers.GetValues("Server-Timing").Single().ShouldContain("run;dur=");
    }

    private async Task RefusedAsync(string body, HttpStatusCode status, string path, string message)
    {
        using HttpResponseMessage response = await PostAsync("vanishing-gradients", body);
        (await response.ShouldBeProblemAsync(status)).ErrorAt(path).ShouldContain(message);
    }

    private async Task<string> TextAsync(string name, string body)
    {
        using HttpResponseMessage response = await PostAsync(name, body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    private Task<HttpResponseMessage> PostAsync(string name, string body, string accept = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/experiments/{name}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", accept);
        return api.Http.SendAsync(request);
    }
}
