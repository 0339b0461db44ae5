namespace Backprop.Api.Tests.Onnx;

/// <summary>
/// ONNX's node tests as Debian's package libonnx-testdata installs them. <c>ONNX_NODE_TESTS</c> names a further folder: that of another release, taken from the package by
/// <c>apt-get download</c> and <c>dpkg -x</c>.
/// </summary>
public static class NodeSuite
{
    private const string Installed = "/usr/share/libonnx-testdata/data/node";

    public static IEnumerable<string> Roots =>
        new[] { Installed, Environment.GetEnvironmentVariable("ONNX_NODE_TESTS") }.OfType<string>().Where(Directory.Exists);

    /// <summary>The release that the cases are from, told by their number; null where it is none that is known here.</summary>
    public static string? ReleaseOf(string root) => Directory.GetDirectories(root).Length switch
    {
        932 => "1.12",
        1288 => "1.17",
        _ => null,
    };
}
