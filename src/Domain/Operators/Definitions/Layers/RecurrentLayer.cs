using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>A recurrent cell.</summary>
/// <param name="Bias">What is added to the projected input of every step, or null.</param>
/// <param name="Step">Maps the projected input of a step and the state before it to the state after it, the first value of which is the
/// output.</param>
internal sealed record RecurrentCell(Node? Bias, Func<Node, Node[], Node[]> Step);

/// <summary>A recurrent layer: any cell, run over all steps in one direction or both.</summary>
internal sealed class RecurrentLayer
{
    // Each step takes some twenty nodes, and three times as many in the gradient.
    private const long MaxSteps = 10_000;
    private readonly OperatorCall c;
    private readonly GraphBuilder b;
    private readonly bool batchFirst;
    private readonly Node x;
    private readonly int directions;
    private readonly int hidden;

    private RecurrentLayer(OperatorCall c, int gates)
    {
        (this.c, b) = (c, c.B);
        batchFirst = c.Flag("layout");
        directions = c.Text("direction", "forward", "reverse", "bidirectional") == "bidirectional" ? 2 : 1;
        if (c.X.Shape.Rank != 3 || c[2].Shape.Rank != 3)
        {
            throw new InvalidOperandException($"X of shape {c.X.Shape} and R of shape {c[2].Shape}: both have three axes");
        }

        x = batchFirst ? b.MoveAxis(c.X, 1, 0) : c.X;
        hidden = c[2].Shape[2];
        Require(1, Shape.Of(directions, gates * hidden, x.Shape[2]));
        Require(2, Shape.Of(directions, gates * hidden, hidden));
        Require(4, Shape.Of(Batch));
        if (c.OptionalInt("hidden_size") is { } size && size != hidden)
        {
            throw new InvalidOperandException($"hidden_size is {size}, R of shape {c[2].Shape} says {hidden}", 2);
        }

        if (Steps == 0 || (long)Steps * directions > MaxSteps)
        {
            throw new InvalidOperandException($"{Steps} steps in {directions} directions; 1 to {MaxSteps} can be unrolled", 0);
        }
    }

    private int Steps => x.Shape[0];

    private int Batch => x.Shape[1];

    /// <summary>The values of the operator: all outputs, then the final state.</summary>
    /// <param name="c">The call.</param>
    /// <param name="gates">The number of gates of a cell.</param>
    /// <param name="activations">The default activations of a direction.</param>
    /// <param name="initial">The operands for the initial state, each of which is zero if omitted.</param>
    /// <param name="cell">Makes the cell of a direction.</param>
    public static Node[] Unroll(OperatorCall c, int gates, string[] activations, int[] initial, Func<RecurrentDirection, RecurrentCell> cell)
    {
        var layer = new RecurrentLayer(c, gates);
        IReadOnlyList<Func<Node, Node>> functions = RecurrentActivations.Of(c, activations, layer.directions);
        var all = new List<Node>[initial.Length + 1];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = [];
        }

        for (int d = 0; d < layer.directions; d++)
        {
            var direction = new RecurrentDirection(c, d, gates, layer.hidden, [.. functions.Skip(d * activations.Length).Take(activations.Length)]);
            bool backwards = d == 1 || c.Text("direction") == "reverse";
            Node[] made = layer.Run(direction, cell(direction), [.. initial.Select(place => layer.Initial(place, d))], backwards);
            for (int i = 0; i < all.Length; i++)
            {
                all[i].Add(made[i]);
            }
        }

        return layer.Joined(all);
    }

    // Y is [steps, 1, batch, hidden], a state [1, batch, hidden].
    private Node[] Run(RecurrentDirection d, RecurrentCell cell, Node[] state, bool backwards)
    {
        Node flat = b.Reshape(x, Extents.ToShape([(long)Steps * Batch, x.Shape[2]]));
        Node projected = b.MatMul(flat, b.SwapLast(d.Weights));
        projected = cell.Bias is null ? projected : b.Add(projected, cell.Bias);
        Node? lengths = c.Optional(4) is { } given ? b.Reshape(given, Shape.Of(Batch, 1)) : null;
        var outputs = new Node[Steps];
        for (int i = 0; i < Steps; i++)
        {
            int step = backwards ? Steps - 1 - i : i;
            Node[] next = cell.Step(b.SliceAxis(projected, 0, step * Batch, Batch), state);
            Node output = next[0];
            if (lengths is not null)
            {
                // After its end a sequence outputs zeros and keeps its state.
                Node running = b.Less(b.Scalar(step, DType.Int64), lengths);
                output = b.Where(running, output, b.Scalar(0, output.DType));
                next = [.. next.Select((value, k) => b.Where(running, value, state[k]))];
            }

            (state, outputs[step]) = (next, b.Reshape(output, Shape.Of(1, 1, Batch, hidden)));
        }

        return [b.Concat(outputs, 0), .. state.Select(value => b.Reshape(value, Shape.Of(1, Batch, hidden)))];
    }

    private Node[] Joined(List<Node>[] parts)
    {
        Node y = b.Concat(parts[0], 1);
        IEnumerable<Node> states = parts.Skip(1).Select(part => b.Concat(part, 0));
        return batchFirst
            ? [b.Transpose(y, 2, 0, 1, 3), .. states.Select(state => b.MoveAxis(state, 1, 0))]
            : [y, .. states];
    }

    private Node Initial(int place, int direction)
    {
        Require(place, batchFirst ? Shape.Of(Batch, directions, hidden) : Shape.Of(directions, Batch, hidden));
        return c.Optional(place) is { } given
            ? b.Reshape(b.SliceAxis(given, batchFirst ? 1 : 0, direction, 1), Shape.Of(Batch, hidden))
            : b.Full(new TensorType(x.DType, Shape.Of(Batch, hidden)), 0);
    }

    private void Require(int place, Shape shape)
    {
        if (c.Optional(place) is { } given && !given.Shape.Equals(shape))
        {
            throw new InvalidOperandException(
                $"operand {place} of {c.Name} has shape {given.Shape}, expected {shape} with X of shape {c.X.Shape}", place);
        }
    }
}
