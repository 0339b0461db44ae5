namespace Backprop.Hostile.Tests.Attacks;

/// <summary>A matrix product on ILGPU's simulated device, thousands of times slower than on the host.</summary>
internal class SlowDevices(int number) : RequestAttack(number)
{
    private const int Extent = 512;

    /// <inheritdoc/>
    public override string Name => "ilgpuCpu";

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) => Post("/evaluations", $$$"""
        {"graph":{"inputs":[{"name":"a"}],"outputs":["L"],"nodes":[
         {"name":"m","op":"Expand","inputs":["a"],"attributes":{"shape":[{{{Extent}}},{{{Extent}}}]}},
         {"name":"p","op":"MatMul","inputs":["m","m"]},{"name":"L","op":"ReduceSum","inputs":["p"],"attributes":{"keepdims":0}}]},
         "inputs":{"a":{{{random.Next(100)}}}},"device":"ilgpuCpu"}
        """);
}

/// <summary>The same if the operator configures the simulated device.</summary>
internal sealed class OfferedSlowDevices(int number) : SlowDevices(number)
{
    /// <inheritdoc/>
    public override string Name => "ilgpuCpu, offered";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Configuration { get; } = new Dictionary<string, string> { ["Compute:Devices"] = "ilgpuCpu" };
}
