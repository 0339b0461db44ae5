using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Suggestions;
using Backprop.Domain.Training.Batches;
using Backprop.Domain.Training.Optimizers;
using Backprop.Domain.Training.Schedules;
using Backprop.Domain.Training.Steps;

namespace Backprop.Domain.Training.Binding;

/// <summary>Checks a definition: names, types, shapes and numbers. Nothing larger than the data is allocated.</summary>
public sealed class TrainingBinder
{
    private readonly TrainingDefinition definition;
    private readonly TrainingLimits limits;
    private readonly ValueReader reader;
    private readonly CancellationToken cancellationToken;

    private TrainingBinder(TrainingDefinition definition, TrainingLimits limits, CancellationToken cancellationToken)
    {
        (this.definition, this.limits, this.cancellationToken) = (definition, limits, cancellationToken);
        reader = new ValueReader(definition.DType, cancellationToken);
    }

    /// <summary>Checks a definition.</summary>
    /// <exception cref="GraphException">It is not sound; the path is that of the member in the request.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public static BoundTraining Bind(TrainingDefinition definition, TrainingLimits limits, CancellationToken cancellationToken) =>
        new TrainingBinder(definition, limits, cancellationToken).Bind();

    private BoundTraining Bind()
    {
        OptionRules.Require(definition);
        TopologicalOrder.Of(definition.Graph, cancellationToken);
        var optimizer = Optimizer.Of(definition.Optimizer);
        string loss = Loss();
        RequireDataLimit();
        int? examples = Examples(definition.Data, "data");
        var batches = MiniBatches.Of(examples, definition.Batches);
        long steps = Steps(batches);
        GraphDefinition graph = ParameterInputs.Of(definition, cancellationToken);
        IReadOnlyList<string> parameters = ParameterInputs.Names(definition, graph);
        RequireNames(graph, parameters);
        var starts = new ParameterReader(definition, reader);
        BoundParameter[] bound = [.. parameters.Select(starts.Read)];
        RequireStateLimit(bound, optimizer);
        BoundValue[] data = Values(graph, definition.Data, "data");
        BoundValue[] given = Values(graph, definition.Inputs, "inputs");
        return new BoundTraining
        {
            Order = TopologicalOrder.Of(graph, cancellationToken),
            Loss = loss,
            Parameters = bound,
            Data = data,
            Fixed = given,
            Validation = Validation(graph, data),
            Batches = batches,
            ValidationBatches = ValidationBatches(),
            ValidationInterval = definition.Validation?.Every ?? batches.StepsPerEpoch,
            Optimizer = optimizer,
            Schedule = LearningRateSchedule.Of(definition.Schedule, optimizer.LearningRate, steps),
            Steps = steps,
            Roles = Roles(graph, bound, data, given),
        };
    }

    private string Loss()
    {
        IReadOnlyList<string> outputs = definition.Graph.Outputs;
        if (definition.Loss is { } name)
        {
            return outputs.Contains(name)
                ? name
                : throw new GraphException("loss", $"'{name}' is not an output of the graph{new NameSuggestions(outputs).Hint(name)}");
        }

        return outputs.Count == 1
            ? outputs[0]
            : throw new GraphException("loss",
                $"the graph has {outputs.Count} outputs: say which one is the loss{new NameSuggestions(outputs).Hint("loss")}");
    }

    private long Steps(MiniBatches batches)
    {
        (long asked, string path) = definition.Steps is { } steps ? (steps, "steps") : (definition.Epochs!.Value, "epochs");
        double total = definition.Steps is null ? asked * (double)batches.StepsPerEpoch : asked;
        return total <= limits.MaxSteps
            ? (long)total
            : throw new LimitException("Training:MaxSteps", limits.MaxSteps, $"{total:0} steps", path);
    }

    private void RequireDataLimit()
    {
        double bytes = Bytes(definition.Data) + Bytes(definition.Inputs) + Bytes(definition.Validation?.Data);
        if (bytes > limits.MaxDataBytes)
        {
            throw new LimitException("Training:MaxDataBytes", limits.MaxDataBytes, $"{bytes:0} bytes of data", "data");
        }
    }

    private double Bytes(IReadOnlyDictionary<string, Literal>? values) =>
        values?.Values.Sum(value => (double)value.Value.Count * (value.Natural ?? definition.DType).Size()) ?? 0;

    private void RequireStateLimit(IReadOnlyList<BoundParameter> parameters, Optimizer optimizer)
    {
        double copies = 2 + optimizer.States.Length + (definition.Gradients.Zero ? 0 : 1);
        double bytes = copies * parameters.Sum(parameter => (double)parameter.Type.Count * parameter.Type.DType.Size());
        if (bytes > limits.MaxStateBytes)
        {
            throw new LimitException("Training:MaxStateBytes", limits.MaxStateBytes, $"{bytes:0} bytes of parameters and optimizer states",
                "parameters");
        }
    }

    // The length of the leading axes.
    private static int? Examples(IReadOnlyDictionary<string, Literal> values, string path)
    {
        (int Count, string Name)? first = null;
        foreach ((string name, Literal value) in values)
        {
            Shape shape = value.Value.Shape;
            if (shape.Rank == 0 || shape[0] == 0)
            {
                throw new GraphException($"{path}.{name}", shape.Rank == 0
                    ? "data needs a leading axis of examples, the value is a number; a value that is the same in every step belongs in inputs"
                    : "there are no examples");
            }

            first ??= (shape[0], name);
            if (shape[0] != first.Value.Count)
            {
                throw new GraphException($"{path}.{name}",
                    $"'{name}' has {shape[0]} examples, but '{first.Value.Name}' has {first.Value.Count}");
            }
        }

        return first?.Count;
    }

    private void RequireNames(GraphDefinition graph, IReadOnlyList<string> parameters)
    {
        HashSet<string> inputs = [.. graph.Inputs.Select(input => input.Name)];
        var seen = parameters.ToDictionary(name => name, _ => "parameters", StringComparer.Ordinal);
        foreach ((string name, string member) in definition.Data.Keys.Select(name => (name, "data"))
            .Concat(definition.Inputs.Keys.Select(name => (name, "inputs"))))
        {
            if (!inputs.Contains(name))
            {
                throw new GraphException($"{member}.{name}",
                    $"'{name}' is not an input of the graph{new NameSuggestions(inputs.Except(parameters)).Hint(name)}");
            }

            if (!seen.TryAdd(name, member))
            {
                throw new GraphException($"{member}.{name}", $"'{name}' is also in {seen[name]}; it can have only one value");
            }
        }

        if (graph.Inputs.FirstOrDefault(input => !seen.ContainsKey(input.Name)) is { Name: var missing })
        {
            throw new GraphException($"data.{missing}",
                $"the input '{missing}' has no value: it belongs in data (examples), inputs (the same in every step) or parameters (trained)");
        }
    }

    private BoundValue[] Values(GraphDefinition graph, IReadOnlyDictionary<string, Literal> values, string member) =>
        [.. graph.Inputs.Where(input => values.ContainsKey(input.Name)).Select(input => Value(input, values[input.Name], $"{member}.{input.Name}"))];

    private BoundValue Value(InputDefinition input, Literal literal, string path)
    {
        Tensor tensor = reader.Read(literal, input.DType, path);
        reader.RequireNumbers(tensor, path);
        return new BoundValue(input.Name, tensor);
    }

    private BoundValue[] Validation(GraphDefinition graph, BoundValue[] data)
    {
        if (definition.Validation is not { } validation)
        {
            return [];
        }

        foreach (string name in validation.Data.Keys)
        {
            if (!definition.Data.ContainsKey(name))
            {
                throw new GraphException($"validation.data.{name}", $"'{name}' is not in data{new NameSuggestions(definition.Data.Keys).Hint(name)}");
            }
        }

        Dictionary<string, InputDefinition> inputs = graph.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);
        return [.. data.Select(value => Validation(inputs[value.Name], value, validation))];
    }

    private BoundValue Validation(InputDefinition input, BoundValue data, ValidationOptions validation)
    {
        string path = $"validation.data.{data.Name}";
        if (!validation.Data.TryGetValue(data.Name, out Literal? literal))
        {
            throw new GraphException(path, $"'{data.Name}' has no validation examples");
        }

        BoundValue value = Value(input, literal, path);
        return value.TypeOf(1) == data.TypeOf(1)
            ? value
            : throw new GraphException(path, $"an example is {value.TypeOf(1)}, but in data it is {data.TypeOf(1)}");
    }

    private MiniBatches? ValidationBatches()
    {
        if (definition.Validation is not { } validation)
        {
            return null;
        }

        int examples = Examples(validation.Data, "validation.data")
            ?? throw new GraphException("validation.data", "there are no validation examples");
        return MiniBatches.Of(examples, new BatchOptions { Size = Math.Min(definition.Batches.Size ?? examples, examples), Shuffle = false });
    }

    private static StepValue[] Roles(GraphDefinition graph, BoundParameter[] parameters, BoundValue[] data, BoundValue[] given)
    {
        var roles = new Dictionary<string, StepValue>(StringComparer.Ordinal);
        Add(parameters.Select(parameter => parameter.Name), StepRole.Parameter);
        Add(data.Select(value => value.Name), StepRole.Data);
        Add(given.Select(value => value.Name), StepRole.Fixed);
        return [.. graph.Inputs.Select(input => roles[input.Name])];

        void Add(IEnumerable<string> names, StepRole role)
        {
            foreach ((int index, string name) in names.Index())
            {
                roles[name] = new StepValue(role, index);
            }
        }
    }
}
