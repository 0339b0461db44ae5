using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Microsoft.Extensions.DependencyInjection;

// dotnet run --project examples/dotnet -- http://localhost:8080
Uri address = new(args is [var given, ..] ? given : "http://localhost:8080");
using ServiceProvider services = new ServiceCollection()
    .AddBackpropClient(options => options.BaseAddress = address)
    .Services.BuildServiceProvider();
IBackpropApi api = services.GetRequiredService<IBackpropApi>();

// A linear fit by gradient descent; after the first line the service knows the loss by its alias.
GraphSummary graph = await api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "r = x*w + b - y; L = mean(r^2)", Alias = "linear-fit" });
(double w, double b) = (0, 0);
GradientAnswer? answer = null;
for (int step = 0; step < 200; step++)
{
    answer = await api.GradientAsync(new GradientRequest
    {
        GraphId = "linear-fit",
        Inputs = new Dictionary<string, TensorValue> { ["x"] = new double[] { 0, 1, 2, 3 }, ["y"] = new double[] { 1, 3, 5, 7 }, ["w"] = w, ["b"] = b },
        Wrt = ["w", "b"],
    });
    w -= 0.1 * answer.Gradients["w"].AsDouble();
    b -= 0.1 * answer.Gradients["b"].AsDouble();
}

Console.WriteLine($"{graph.Alias}: w = {w:0.000}, b = {b:0.000}, loss = {answer!.Value.AsDouble():0.0e+0}");
return Math.Abs(w - 2) < 1e-2 && Math.Abs(b - 1) < 1e-2 ? 0 : 1;
