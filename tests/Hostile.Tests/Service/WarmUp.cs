using System.Net;
using Backprop.Hostile.Tests.Measuring;

namespace Backprop.Hostile.Tests.Service;

/// <summary>Sends what tests send until code is compiled, so that they don't measure the compiler.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(IPEndPoint service)
    {
        BystanderFigures figures = await new Bystander(service).ObserveAsync(Time);
        figures.Faults.ShouldBeEmpty();
    }
}
