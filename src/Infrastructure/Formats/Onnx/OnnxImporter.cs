using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Import;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>
/// Reads ONNX models as graphs: opsets 1 to 26, functions expanded, older editions of operators in terms of the newest.
/// Initializers are constants, whole numbers are computed in int64, floats of 16 bits in float32.
/// </summary>
/// <param name="limits">What a model may hold.</param>
/// <param name="evaluator">Computes what decides which branch is taken and how often a loop runs; without it only constants do.</param>
public sealed class OnnxImporter(OnnxLimits limits, Evaluator? evaluator = null)
{
    /// <summary>The graph of a model.</summary>
    /// <param name="bytes">The file: a ModelProto.</param>
    /// <param name="given">
    /// The submitted values, by which control flow may be decided. An initializer that the model also declares as an input is an input where it is
    /// among them, and a constant where it is not.
    /// </param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="GraphException">It is no model, or it uses what there is not here: all such operators and types are named at
    /// once.</exception>
    /// <exception cref="LimitException">It holds more than is allowed.</exception>
    public GraphDefinition Import(ReadOnlySpan<byte> bytes, SubmittedValues? given = null, CancellationToken cancellation = default) =>
        new ModelImport(ModelReader.Read(bytes, limits, cancellation), limits, given ?? SubmittedValues.None, evaluator, cancellation).Definition();
}
