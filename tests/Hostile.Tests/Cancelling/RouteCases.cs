using System.Net;
using System.Text;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>A long request to each route that computes.</summary>
internal static class RouteCases
{
    private const string Product = "long-product", Chain = "chain-of-functions", AtOne = """{"x":1}""", NoConfig = "{}";

    private static readonly int ChainNodes = Settings.IsLong ? 200_000 : 50_000;

    /// <summary>The requests; graphs that they name are registered first.</summary>
    public static async Task<IReadOnlyList<CancellationCase>> PrepareAsync(ServiceProcess service)
    {
        string product = HeavyCalls.All["MatMul"].Graph(), chain = ChainText();
        await RegisterAsync(service, $$"""{"graph":{{product}},"alias":"{{Product}}"}""");
        await RegisterAsync(service, $$"""{"expression":"{{chain}}","alias":"{{Chain}}"}""");
        string submitted = $$$""" "graph":{{{product}}},"inputs":{"s":1.5} """;
        return
        [
            Post("/evaluations", submitted),
            Post("/jacobian-vector-products", submitted + ""","tangents":{"s":1}"""),
            Post("/vector-jacobian-products", submitted + ""","cotangents":{"L":1}"""),
            Post("/jacobians", submitted),
            Post("/hessians", submitted),
            Post("/hessian-vector-products", submitted + ""","tangents":{"s":1}"""),
            Post("/gradient-checks", submitted),
            Post("/diagrams", submitted),
            Post("/finite-difference-times", submitted),
            Post("/checkpoint-plans", $""" "bytes":[{Numbers(240)}],"milliseconds":[{Numbers(240)}],"memoryBudget":100000 """),
            Post("/step-costs", $""" "expression":"{chain}","inputs":{AtOne},"hardware":"a100-sxm-80gb" """),
            Post("/gradients", $""" "expression":"{chain}","inputs":{AtOne} """, "of a long chain"),
            Post("/hessians", $""" "expression":"{chain}","inputs":{AtOne} """, "of a long chain"),
            Post("/gradients", $""" "expression":"{chain}","inputs":{AtOne},"checkpointing":"sqrt" """, "with checkpointing"),
            Post("/graphs", $""" "expression":"{chain}; other = x" """),
            Get($"/graphs/{Chain}", "application/onnx"),
            Get($"/graphs/{Chain}/gradient-graph", "application/json"),
            Get($"/graphs/{Chain}/gradient-graph", "application/onnx"),
            Get($"/graphs/{Chain}/training-step?wrt=x", "application/onnx"),
            Post("/Evaluate", $""" "name":"{Product}","input":[[1.5]],"config":{NoConfig} """),
            Post("/Gradient", $""" "name":"{Product}","outWrt":0,"inWrt":0,"input":[[1.5]],"sens":[1],"config":{NoConfig} """),
            Post(
                "/ApplyHessian",
                $""" "name":"{Product}","outWrt":0,"inWrt1":0,"inWrt2":0,"input":[[1.5]],"sens":[1],"vec":[1],"config":{NoConfig} """),
            Post($"/tesseracts/{Product}/apply", """ "inputs":{"s":1.5} """),
            Post($"/tesseracts/{Product}/jacobian", """ "inputs":{"s":1.5},"jac_inputs":["s"],"jac_outputs":["L"] """),
        ];
    }

    private static string ChainText()
    {
        var text = new StringBuilder("n0 = x");
        for (int i = 1; i <= ChainNodes; i++)
        {
            text.Append($"; n{i} = {(i % 2 == 0 ? "sin" : "tanh")}(n{i - 1})");
        }

        return text.ToString();
    }

    private static string Numbers(int count) => string.Join(',', Enumerable.Range(1, count).Select(i => 1000 + i * 37 % 101));

    private static CancellationCase Post(string route, string members, string form = "") =>
        new($"POST {route} {form}".TrimEnd(), RawConnection.Post(route, $"{{{members}}}"));

    private static CancellationCase Get(string route, string type) =>
        new($"GET {route} {type}", Encoding.ASCII.GetBytes($"GET {route} HTTP/1.1\r\nHost: localhost\r\nAccept: {type}\r\n\r\n"));

    private static async Task RegisterAsync(ServiceProcess service, string body)
    {
        using HttpClient http = SourceClient.Create(service.Address, IPAddress.Parse("127.3.0.1"));
        using HttpResponseMessage response = await http.PostAsync("/graphs", new StringContent(body, Encoding.UTF8, "application/json"));
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
