using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A test that needs ONNX's node tests (Debian: libonnx-testdata); it is skipped with a message if they are missing.</summary>
public sealed class NodeDataTheoryAttribute : TheoryAttribute
{
    public NodeDataTheoryAttribute()
    {
        if (!NodeSuite.Roots.Any())
        {
            Skip = $"ONNX's node tests are missing; install Debian's package libonnx-testdata";
        }
    }
}
