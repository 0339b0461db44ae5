using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A test that needs ONNX's node tests (Debian: libonnx-testdata); it is skipped, saying so, where they are not.</summary>
public sealed class NodeDataTheoryAttribute : TheoryAttribute
{
    public NodeDataTheoryAttribute()
    {
        if (!NodeSuite.Roots.Any())
            Skip = $"ONNX's node tests are not there: they come with Debian's package libonnx-testdata";
    }
}
