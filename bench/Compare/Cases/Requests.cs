using Backprop.Compare.Comparisons;
using Backprop.Compare.Http;

namespace Backprop.Compare.Cases;

/// <summary>Gradients over HTTP, on the loopback interface: all of the processes share the machine's cores with the load generator.</summary>
internal static class Requests
{
    private const double Seconds = 2;

    private static readonly Lazy<Exchange> Seed = new(() => new Exchange(Bodies.Seed(), 16));
    private static readonly Lazy<Exchange> Scalars = new(() => new Exchange(Bodies.Scalars(10_000), 4));
    private static readonly Lazy<Exchange> Mlp = new(() => new Exchange(Bodies.Mlp(32, 64, 128, 10), 16));

    public static IEnumerable<Case> All =>
    [
        new Case("HTTP: (a·b + c)², 16 connections, share of bare Kestrel", Target.AtLeast(0.6, "%"), AgainstBareKestrel),
        new Case("HTTP: (a·b + c)², 16 connections", Target.AtLeast(5), context => AgainstFastApi(context, Seed.Value)),
        new Case("HTTP: scalar graph of 10,000 nodes, 506 KB of JSON", Target.AtLeast(30), context => AgainstFastApi(context, Scalars.Value)),
        new Case("HTTP: MLP 64-128-10, batch 32, base64 float32", Target.AtLeast(3), context => AgainstFastApi(context, Mlp.Value)),
        new Case("HTTP: CNN 3×32×32, batch 32, base64, against PyTorch in process", Target.AtLeast(1), context => Baseline.TorchOverHttp(Convolutions.Cnn(), context)),
        new Case("HTTP: transformer block, base64, against PyTorch in process", Target.AtLeast(1), context => Baseline.TorchOverHttp(Networks.Transformer(), context)),
    ];

    private static Comparison AgainstBareKestrel(BenchmarkContext context)
    {
        Wrk.Require();
        string answer = Path.Combine(context.Folder.FullName, "answer.json");
        File.WriteAllText(answer, Exchange.Ask(context.Service, Seed.Value.Bodies[0]));
        return Between(context, Seed.Value, context.BareKestrel(answer));
    }

    private static Comparison AgainstFastApi(BenchmarkContext context, Exchange exchange)
    {
        Wrk.Require();
        try
        {
            foreach (string body in exchange.Bodies)
            {
                Exchange.RequireSame(Exchange.Ask(context.Service, body), Exchange.Ask(context.FastApi, body));
            }

            return Between(context, exchange, context.FastApi);
        }
        catch (MissingException missing)
        {
            return Between(context, exchange, null) with { Note = missing.Message };
        }
    }

    private static Comparison Between(BenchmarkContext context, Exchange exchange, Server? peer)
    {
        string folder = Path.Combine(context.Folder.FullName, $"bodies-{exchange.Bodies[0].Length}");
        exchange.Write(folder);
        return new Comparison(Side(context.Service), peer is null ? null : Side(peer)) { Seconds = Seconds };

        Candidate Side(Server server) => new(server.Name, seconds => Wrk.Time(server.Address, folder, exchange.Connections, seconds));
    }
}
