using Backprop.Api.Features.Graphs;
using Backprop.Client.Training;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Export;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>What was trained: parameters, or the graph with them as an ONNX model.</summary>
/// <param name="requests">Reads what determines a run.</param>
/// <param name="engine">Types graphs.</param>
internal sealed class TrainedModels(TrainingRequests requests, DerivativeEngine engine)
{
    private const string ExamplesAxis = "examples";

    /// <summary>The parameters.</summary>
    public TrainingParameters Parameters(TrainedParameters trained, ValueEncoding? encoding, CancellationToken cancellationToken)
    {
        TrainingDefinition definition = requests.Definition(TrainingRequests.Read(trained.Request), cancellationToken);
        var writer = new GraphContractWriter(encoding);
        return new TrainingParameters
        {
            Step = trained.Step,
            Parameters = definition.Parameters.Keys.ToDictionary(name => name, name => writer.Value(trained.Tensors[name])),
        };
    }

    /// <summary>
    /// The model. The axis of the examples has a name in place of a number if the model is the same for two numbers of them; a graph that depends on
    /// the number is written for the size of a batch.
    /// </summary>
    public byte[] Model(TrainedParameters trained, string name, CancellationToken cancellationToken)
    {
        TrainingDefinition definition = requests.Definition(TrainingRequests.Read(trained.Request), cancellationToken);
        int batch = definition.Batches.Size ?? Examples(definition);
        OnnxModel model = Export(definition, trained, name, batch, cancellationToken);
        if (definition.Data.Count > 0 && Loosened(definition, trained, name, batch, model, cancellationToken) is { } loose)
        {
            model = loose;
        }

        return ModelWriter.Write(model, cancellationToken);
    }

    private static int Examples(TrainingDefinition definition) =>
        definition.Data.Values.Select(data => data.Value.Shape.Rank > 0 ? data.Value.Shape[0] : 1).FirstOrDefault(1);

    private OnnxModel? Loosened(
        TrainingDefinition definition, TrainedParameters trained, string name, int batch, OnnxModel model, CancellationToken cancellationToken)
    {
        try
        {
            OnnxModel other = Export(definition, trained, name, batch + 1, cancellationToken);
            OnnxModel loose = Loosened(model, other);
            return ModelWriter.Write(loose, cancellationToken).AsSpan().SequenceEqual(ModelWriter.Write(Loosened(other, model), cancellationToken))
                ? loose
                : null;
        }
        catch (GraphException)
        {
            // The graph allows only one number of examples.
            return null;
        }
    }

    private static OnnxModel Loosened(OnnxModel model, OnnxModel other) => model with
    {
        Graph = model.Graph with
        {
            Inputs = [.. model.Graph.Inputs.Zip(other.Graph.Inputs, Loosened)],
            Outputs = [.. model.Graph.Outputs.Zip(other.Graph.Outputs, Loosened)],
        },
    };

    private static OnnxValue Loosened(OnnxValue value, OnnxValue other) =>
        value.Shape is { Count: > 0 } shape && other.Shape is { } differing && shape[0] != differing[0]
            ? value with { Shape = [new Dimension(0, ExamplesAxis), .. shape.Skip(1)] }
            : value;

    private OnnxModel Export(
        TrainingDefinition definition, TrainedParameters trained, string name, int batch, CancellationToken cancellationToken)
    {
        BoundGraph bound = engine.Typed(Trained(definition, trained, batch), new Dictionary<string, int>(), cancellationToken);
        return OnnxExport.Of(bound, name, cancellationToken);
    }

    // Parameters are constants; data have the type of one batch, fixed inputs that of their values.
    private static GraphDefinition Trained(TrainingDefinition definition, TrainedParameters trained, int batch)
    {
        GraphDefinition graph = definition.Graph;
        IEnumerable<ConstantDefinition> parameters = definition.Parameters.Keys
            .Select(name => new ConstantDefinition(name, new Literal(trained.Tensors[name], trained.Tensors[name].DType)));
        return graph with
        {
            Inputs = [.. graph.Inputs.Where(input => !IsTrained(input.Name)).Select(input => Typed(definition, input, batch))],
            Constants = [
                .. graph.Constants.Where(constant => !IsTrained(constant.Name)).Select(constant => Typed(definition, constant)),
                .. parameters,
            ],
        };

        bool IsTrained(string name) => definition.Parameters.ContainsKey(name);
    }

    private static InputDefinition Typed(TrainingDefinition definition, InputDefinition input, int batch)
    {
        bool isData = definition.Data.TryGetValue(input.Name, out Literal? value);
        if (!isData && !definition.Inputs.TryGetValue(input.Name, out value))
        {
            return input;
        }

        int[] extents = value!.Value.Shape.Dims.ToArray();
        if (isData && extents.Length > 0)
        {
            extents[0] = batch;
        }

        return input with
        {
            DType = input.DType ?? value.Natural ?? definition.DType,
            Shape = [.. extents.Select(extent => new Dimension(extent))],
        };
    }

    private static ConstantDefinition Typed(TrainingDefinition definition, ConstantDefinition constant) =>
        constant.Value.Natural is null && constant.Value.Value.DType.IsFloat()
            ? constant with { Value = new Literal(constant.Value.As(definition.DType), definition.DType) }
            : constant;
}
