using System.Net;
using Backprop.Hostile.Tests.Measuring;

namespace Backprop.Hostile.Tests.Service;

/// <summary>Sends the tests' requests until the code is compiled, so that they do not measure the compiler.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(IPEndPoint service)
    {
        BystanderFigures figures = await new Bystander(service).ObserveAsync(Time);
        figures.Faults.ShouldBeEmpty();
    }
}
