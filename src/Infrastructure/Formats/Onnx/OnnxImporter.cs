using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Import;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>
/// Reads ONNX models as graphs: opsets 1 to 26, functions expanded, older versions of operators translated to the newest. Initializers are constants,
/// integers are computed in int64, 16-bit floats in float32.
/// </summary>
/// <param name="limits">The limits of a model.</param>
/// <param name="evaluator">Computes the values that decide branches and iteration counts; without it, only constants do.</param>
public sealed class OnnxImporter(OnnxLimits limits, Evaluator? evaluator = null)
{
    /// <summary>The graph of a model.</summary>
    /// <param name="bytes">The file: a ModelProto.</param>
    /// <param name="given">The submitted values, which may decide control flow. An initializer that is also declared as an input is an input if it is
    /// among them, otherwise a constant.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="GraphException">It is not a valid model, or it uses unsupported operators or types, all of which are named at
    /// once.</exception>
    /// <exception cref="LimitException">It exceeds the limits.</exception>
    public GraphDefinition Import(ReadOnlySpan<byte> bytes, SubmittedValues? given = null, CancellationToken cancellationToken = default) =>
        new ModelImport(ModelReader.Read(bytes, limits, cancellationToken), limits, given ?? SubmittedValues.None, evaluator, cancellationToken)
            .Definition();
}
