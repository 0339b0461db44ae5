using System.Diagnostics;
using System.Net;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>The service is asked to stop (SIGTERM) while it computes.</summary>
[Collection(AttackedServices.Name)]
public sealed class ShutdownTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8), UntilItComputes = TimeSpan.FromSeconds(1);

    // Requests end by themselves within two seconds.
    private static readonly Dictionary<string, string> Configuration = new() { ["Compute:Devices"] = "ilgpuCpu", ["Limits:Seconds"] = "2" };

    private static readonly Report Table = new("From SIGTERM to the end of the process", "while it computes", "time");

    [LinuxTheory]
    [InlineData("host", 6000)]
    [InlineData("ilgpuCpu", 1000)]
    public async Task The_process_ends_while_it_computes(string device, int extent)
    {
        using var folder = new TemporaryFolder();
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"), Configuration);
        using var connection = new RawConnection(service.Address, IPAddress.Loopback, Longest);
        connection.Send(RawConnection.Post("/evaluations", $$$"""
            {"graph":{"inputs":[{"name":"a"}],"outputs":["L"],"nodes":[
             {"name":"m","op":"Expand","inputs":["a"],"attributes":{"shape":[{{{extent}}},{{{extent}}}]}},
             {"name":"p","op":"MatMul","inputs":["m","m"]},{"name":"L","op":"ReduceSum","inputs":["p"],"attributes":{"keepdims":0}}]},
             "inputs":{"a":1},"device":"{{{device}}}"}
            """));
        await Task.Delay(UntilItComputes);
        long asked = Stopwatch.GetTimestamp();
        bool ended = service.Terminate(Longest);
        Table.Add(output, device, ended ? $"{Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s" : $"> {Longest.TotalSeconds} s");
        ended.ShouldBeTrue();
    }
}
