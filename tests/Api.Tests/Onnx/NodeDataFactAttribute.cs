using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A test that needs ONNX's node tests (Debian: libonnx-testdata); it is skipped, saying so, where they are not.</summary>
public sealed class NodeDataFactAttribute : FactAttribute
{
    public NodeDataFactAttribute()
    {
        if (!Directory.Exists(NodeCase.Root))
            Skip = $"ONNX's node tests are not there: {NodeCase.Root} comes with Debian's package libonnx-testdata";
    }
}
