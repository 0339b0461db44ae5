using System.Net;
using System.Text;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Microsoft.Extensions.DependencyInjection;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

public class ClientTests
{
    [Fact]
    public async Task ARequestCarriesTheKeyAndAnAnswerIsRead()
    {
        var server = new Recorder(HttpStatusCode.OK, "application/json", """{"graphId":"0","outputs":{"L":16},"later":1}""");

        EvaluationAnswer answer = await Client(server).EvaluateAsync(
            new EvaluationRequest { Expression = "L = x^2", Inputs = new Dictionary<string, TensorValue> { ["x"] = 4 } });

        answer.Outputs["L"].AsDouble().ShouldBe(16);
        server.Request!.RequestUri!.ToString().ShouldBe("http://backprop.test/evaluations");
        server.Request.Headers.GetValues("X-Api-Key").ShouldBe(["secret"]);
        server.Body.ShouldBe("""{"expression":"L = x^2","inputs":{"x":4}}""");
    }

    [Fact]
    public async Task A_training_step_is_a_graph()
    {
        var server = new Recorder(HttpStatusCode.OK, "application/json", """{"inputs":[],"nodes":[],"outputs":["L","new/w"]}""");

        GraphContract step = await Client(server).GetTrainingStepAsync("id", wrt: ["w"], optimizer: TrainingRule.Momentum);

        step.Outputs.ShouldBe(["L", "new/w"]);
        server.Request!.RequestUri!.PathAndQuery.ShouldBe("/graphs/id/training-step?wrt=w&optimizer=momentum");
    }

    [Fact]
    public void Arrays_of_every_element_type_are_values()
    {
        (TensorValue Value, ElementType? Type, string Json)[] values =
        [
            (new float[] { 1, 2 }, ElementType.Float32, "[1,2]"),
            (new float[,] { { 1, 2 } }, ElementType.Float32, "[[1,2]]"),
            (new long[] { 1, 2 }, ElementType.Int64, "[1,2]"),
            (new[] { 1, 2 }, ElementType.Int64, "[1,2]"),
            (new[] { true, false }, ElementType.Bool, "[true,false]"),
            (true, ElementType.Bool, "true"),
            (2, null, "2"),
        ];
        foreach ((TensorValue value, ElementType? type, string json) in values)
        {
            value.DType.ShouldBe(type, json);
            System.Text.Json.JsonSerializer.Serialize(value, BackpropJson.Create()).ShouldBe(json);
        }
    }

    [Fact]
    public async Task RepeatedParametersAreRepeated()
    {
        var server = new Recorder(HttpStatusCode.OK, "application/json", """{"inputs":[],"nodes":[],"outputs":[]}""");

        await Client(server).GetGradientGraphAsync("id", "L", ["a", "b"]);

        server.Request!.RequestUri!.PathAndQuery.ShouldBe("/graphs/id/gradient-graph?output=L&wrt=a&wrt=b");
    }

    [Fact]
    public async Task ARefusalIsReadAsAProblem()
    {
        var server = new Recorder(HttpStatusCode.UnprocessableEntity, "application/problem+json", """{"status":422,"errors":{"wrt":["Unknown."]},"node":"e"}""");

        ApiException refusal = await Should.ThrowAsync<ApiException>(Client(server).GradientAsync(new GradientRequest { Expression = "L = x" }));
        ProblemContract? problem = await refusal.ProblemAsync();

        problem!.Status.ShouldBe(422);
        problem.Node.ShouldBe("e");
        problem.Errors!["wrt"].ShouldBe(["Unknown."]);
    }

    [Fact]
    public async Task AnErrorPageOfAProxyIsNoProblem()
    {
        var server = new Recorder(HttpStatusCode.BadGateway, "text/html", "<html>");

        ApiException refusal = await Should.ThrowAsync<ApiException>(Client(server).ListOperatorsAsync());

        (await refusal.ProblemAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task APictureIsText() =>
        (await Client(new Recorder(HttpStatusCode.OK, "text/vnd.graphviz", "digraph {}")).DrawAsync(new DiagramRequest { Expression = "x" })).ShouldBe("digraph {}");

    private static IBackpropApi Client(Recorder server)
    {
        var services = new ServiceCollection();
        services
            .AddBackpropClient(options => (options.BaseAddress, options.ApiKey) = (new Uri("http://backprop.test"), "secret"))
            .ConfigurePrimaryHttpMessageHandler(() => server);
        return services.BuildServiceProvider().GetRequiredService<IBackpropApi>();
    }

    private sealed class Recorder(HttpStatusCode status, string mediaType, string answer) : HttpMessageHandler
    {
        public HttpRequestMessage? Request { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = request;
            Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, mediaType), RequestMessage = request };
        }
    }
}
