using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <content>Computes nodes one by one, without a plan: for constant folding, and to inspect every value of a graph.</content>
public sealed partial class HostExecutor
{
    /// <summary>Computes every node of a graph in order and passes its value to the observer, including inputs and constants.</summary>
    /// <param name="graph">What to compute.</param>
    /// <param name="inputs">A value for each of the graph's inputs, in their order and of their types.</param>
    /// <param name="observe">Receives each node with its value and those of its operands, which it must not change.</param>
    /// <param name="cancellationToken">Ends the computation early.</param>
    public static void Interpret(Graph graph, IReadOnlyList<Tensor> inputs, Action<Node, Tensor, IReadOnlyList<Tensor>> observe,
        CancellationToken cancellationToken = default)
    {
        CheckInputs(graph, inputs);
        var values = new Dictionary<Node, Tensor>();
        var uses = new Dictionary<Node, int>();
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        foreach (Node node in graph.Nodes)
        {
            check.Before(1 + node.Inputs.Length);
            foreach (Node input in node.Inputs)
            {
                uses[input] = uses.GetValueOrDefault(input) + 1;
            }
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            values[graph.Inputs[i]] = inputs[i];
        }

        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor[] operands = Array.ConvertAll(node.Inputs, input => values[input]);
            if (!values.TryGetValue(node, out Tensor? value))
            {
                values[node] = value = Evaluate(node, operands, cancellationToken);
            }

            observe(node, value, operands);
            foreach (Node input in node.Inputs)
            {
                if (--uses[input] == 0)
                {
                    values.Remove(input);
                }
            }
        }
    }

    /// <summary>Computes a node; a failure of its kernel names the node.</summary>
    internal static void Run(Kernel kernel, KernelCall call)
    {
        try
        {
            kernel(call);
        }
        catch (KernelException exception)
        {
            throw At(call.Node, exception);
        }
    }

    /// <summary>A kernel's failure, with the path of its node.</summary>
    internal static GraphException At(Node node, KernelException exception) =>
        new($"graph.nodes[{node.Origin.Index}]", exception.Message, node.Origin.Node);

    private static void CheckInputs(Graph graph, IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != graph.Inputs.Count)
        {
            throw new ArgumentException($"{inputs.Count} values for {graph.Inputs.Count} inputs.", nameof(inputs));
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Type != graph.Inputs[i].Type)
            {
                throw new ArgumentException($"Input {i} is {inputs[i].Type}, expected {graph.Inputs[i].Type}.", nameof(inputs));
            }
        }
    }

    /// <summary>The value of one node; an <see cref="Evaluator"/>.</summary>
    /// <exception cref="GraphException">The kernel cannot compute it for these operands, or it is an input.</exception>
    public static Tensor Evaluate(Node node, IReadOnlyList<Tensor> operands, CancellationToken cancellationToken = default)
    {
        if (node.Value is { } constant)
        {
            return constant;
        }

        if (node.Op.IsAlias)
        {
            return operands[0].Reshaped(node.Shape);
        }

        Tensor result = BufferPool.Allocate(node.Type);
        View[] views = [.. operands.Select(operand => new View(operand))];
        Run(call => HostKernels.Of(call.Node.Op.Name)(call), new KernelCall(node, views, new View(result), cancellationToken));
        return result;
    }
}
