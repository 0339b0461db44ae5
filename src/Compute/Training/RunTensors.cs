using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Binding;

namespace Backprop.Compute.Training;

/// <summary>The names and types of the tensors in the state of a run.</summary>
internal sealed class RunTensors
{
    /// <summary>The name of the number of updates done.</summary>
    public const string Updates = "/updates";

    /// <param name="training">The run.</param>
    /// <param name="keepsGradients">Whether gradients are summed over steps.</param>
    /// <exception cref="GraphException">A parameter has the name of another one's state.</exception>
    public RunTensors(BoundTraining training, bool keepsGradients)
    {
        Parameters = [.. training.Parameters.Select(parameter => (parameter.Name, parameter.Type))];
        States = [.. training.Parameters.SelectMany(parameter =>
            training.Optimizer.States.Select(state => ($"{parameter.Name}/{state}", parameter.Type)))];
        Gradients = keepsGradients ? [.. training.Parameters.Select(parameter => ($"{parameter.Name}/gradient", parameter.Type))] : [];
        var seen = new HashSet<string>([Updates], StringComparer.Ordinal);
        foreach ((string name, _) in All)
        {
            if (!seen.Add(name))
            {
                throw new GraphException($"parameters.{name}", $"'{name}' is the name of a state of the run: rename the parameter");
            }
        }
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<(string Name, TensorType Type)> Parameters { get; }

    /// <summary>The states of the optimizer, parameter by parameter.</summary>
    public IReadOnlyList<(string Name, TensorType Type)> States { get; }

    /// <summary>The sums of gradients; none if they are zeroed.</summary>
    public IReadOnlyList<(string Name, TensorType Type)> Gradients { get; }

    /// <summary>The bytes of a state with the best parameters.</summary>
    public long StateBytes => Bytes(All) + Bytes(Parameters) + sizeof(long);

    private IEnumerable<(string Name, TensorType Type)> All => [.. Parameters, .. States, .. Gradients];

    /// <summary>The bytes of tensors.</summary>
    public static long Bytes(IEnumerable<(string Name, TensorType Type)> tensors) =>
        tensors.Sum(tensor => tensor.Type.Count * tensor.Type.DType.Size());

    /// <summary>The types of tensors.</summary>
    public static TensorType[] Types(IReadOnlyList<(string Name, TensorType Type)> tensors) => [.. tensors.Select(tensor => tensor.Type)];

    /// <summary>Tensors by their names, in order.</summary>
    /// <exception cref="ArgumentException">One is missing or has another type.</exception>
    public static Tensor[] Found(IReadOnlyList<(string Name, TensorType Type)> tensors, IReadOnlyDictionary<string, Tensor> values) =>
        [.. tensors.Select(tensor => values.TryGetValue(tensor.Name, out Tensor? value) && value.Type == tensor.Type
            ? value
            : throw new ArgumentException($"The state has no '{tensor.Name}' of type {tensor.Type}.", nameof(values)))];

    /// <summary>Copies of tensors by their names.</summary>
    public static Dictionary<string, Tensor> Copies(IReadOnlyList<(string Name, TensorType Type)> tensors, IReadOnlyList<Tensor> values)
    {
        var copies = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        Add(copies, tensors, values);
        return copies;
    }

    /// <summary>Adds copies of tensors.</summary>
    public static void Add(Dictionary<string, Tensor> copies, IReadOnlyList<(string Name, TensorType Type)> tensors, IReadOnlyList<Tensor> values)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            copies[tensors[i].Name] = values[i].Copy();
        }
    }
}
