namespace Backprop.Api.Tests.Onnx;

/// <summary>
/// ONNX's node tests as installed by Debian's package libonnx-testdata. <c>ONNX_NODE_TESTS</c> names another folder, with those of another release,
/// extracted from the package by <c>apt-get download</c> and <c>dpkg -x</c>.
/// </summary>
public static class NodeSuite
{
    private const string Installed = "/usr/share/libonnx-testdata/data/node";

    public static IEnumerable<string> Roots =>
        new[] { Installed, Environment.GetEnvironmentVariable("ONNX_NODE_TESTS") }.OfType<string>().Where(Directory.Exists);

    /// <summary>The release of the cases, recognised by their number; null if it is unknown.</summary>
    public static string? ReleaseOf(string root) => Directory.GetDirectories(root).Length switch
    {
        932 => "1.12",
        1288 => "1.17",
        _ => null,
    };
}
