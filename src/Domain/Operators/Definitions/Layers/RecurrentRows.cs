using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Layers;

/// <summary>Recurrent layers, unrolled over time. Equations, names and the order of gates are those of ONNX's operators RNN, GRU and LSTM.</summary>
internal static class RecurrentRows
{
    private const string Attributes =
        "activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string=forward hidden_size:int layout:int=0";

    private const string Derivative = "by its definition, through time";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("RNN", "X:F W:F R:F B:F? sequence_lens:I? initial_h:F?", Attributes, "Y Y_h", Derivative,
            "2·input·hidden + 2·hidden² + 2·hidden for each step, point and direction", c => RecurrentLayer.Unroll(c, 1, ["Tanh"], [5], Rnn)),
        RowSyntax.Rows("GRU", "X:F W:F R:F B:F? sequence_lens:I? initial_h:F?", Attributes + " linear_before_reset:int=0", "Y Y_h", Derivative,
            "6·input·hidden + 6·hidden² + 10·hidden for each step, point and direction", c =>
                RecurrentLayer.Unroll(c, 3, ["Sigmoid", "Tanh"], [5], Gru)),
        RowSyntax.Rows("LSTM", "X:F W:F R:F B:F? sequence_lens:I? initial_h:F? initial_c:F? P:F?", Attributes + " input_forget:int=0", "Y Y_h Y_c",
            Derivative,
            "8·input·hidden + 8·hidden² + 13·hidden for each step, point and direction", c =>
                RecurrentLayer.Unroll(c, 4, ["Sigmoid", "Tanh", "Tanh"], [5, 6], Lstm)),
    ];

    // H = f(x·Wᵀ + H·Rᵀ + Wb + Rb)
    private static RecurrentCell Rnn(RecurrentDirection d)
    {
        GraphBuilder b = d.B;
        Node recurrence = b.SwapLast(d.Recurrence);
        return new RecurrentCell(d.BothBiases, (x, state) => [d.Activate(0, b.Add(x, b.MatMul(state[0], recurrence)))]);
    }

    // z, r = f(…); h~ = g(x·Whᵀ + (r∘H)·Rhᵀ + Rbh + Wbh), or with linear_before_reset g(x·Whᵀ + r∘(H·Rhᵀ + Rbh) + Wbh); H = h~ + z∘(H − h~)
    private static RecurrentCell Gru(RecurrentDirection d)
    {
        GraphBuilder b = d.B;
        bool linearFirst = d.Call.Flag("linear_before_reset");
        Node gates = b.SwapLast(b.SliceAxis(d.Recurrence, 0, 0, 2 * d.Hidden)),
            candidate = b.SwapLast(b.SliceAxis(d.Recurrence, 0, 2 * d.Hidden, d.Hidden));
        Node? lastBias = linearFirst && d.RecurrenceBias is { } all ? b.SliceAxis(all, 0, 2 * d.Hidden, d.Hidden) : null;
        return new RecurrentCell(linearFirst ? BiasBeforeReset(d) : d.BothBiases, Step);

        Node[] Step(Node x, Node[] state)
        {
            Node h = state[0];
            Node zr = d.Activate(0, b.Add(b.SliceAxis(x, 1, 0, 2 * d.Hidden), b.MatMul(h, gates)));
            (Node z, Node r, Node input) = (d.Gate(zr, 0), d.Gate(zr, 1), d.Gate(x, 2));
            Node reset = linearFirst ? b.Mul(r, Biased(b.MatMul(h, candidate))) : b.MatMul(b.Mul(r, h), candidate);
            Node made = d.Activate(1, b.Add(input, reset));
            return [b.Add(made, b.Mul(z, b.Sub(h, made)))];
        }

        Node Biased(Node product) => lastBias is null ? product : b.Add(product, lastBias);
    }

    // The recurrence bias of the candidate stays inside the reset.
    private static Node? BiasBeforeReset(RecurrentDirection d)
    {
        if (d.InputBias is not { } input)
        {
            return null;
        }

        Node gates = d.B.Add(d.B.SliceAxis(input, 0, 0, 2 * d.Hidden), d.B.SliceAxis(d.RecurrenceBias!, 0, 0, 2 * d.Hidden));
        return d.B.Concat([gates, d.B.SliceAxis(input, 0, 2 * d.Hidden, d.Hidden)], 0);
    }

    // i, f = f(… + P∘C); c~ = g(…); C' = f∘C + i∘c~; o = f(… + Po∘C'); H = o∘h(C'); the order of gates is i, o, f, c, of peepholes i, o, f.
    private static RecurrentCell Lstm(RecurrentDirection d)
    {
        GraphBuilder b = d.B;
        Node recurrence = b.SwapLast(d.Recurrence);
        Node? peepholes = d.Parameter(7, Shape.Of(3 * d.Hidden));
        bool coupled = d.Call.Flag("input_forget");
        return new RecurrentCell(d.BothBiases, (x, state) =>
        {
            Node all = b.Add(x, b.MatMul(state[0], recurrence));
            Node input = d.Activate(0, Peeped(d.Gate(all, 0), 0, state[1]));
            Node forget = coupled ? b.Sub(b.Scalar(1, x.DType), input) : d.Activate(0, Peeped(d.Gate(all, 2), 2, state[1]));
            Node cell = b.Add(b.Mul(forget, state[1]), b.Mul(input, d.Activate(1, d.Gate(all, 3))));
            Node output = d.Activate(0, Peeped(d.Gate(all, 1), 1, cell));
            return [b.Mul(output, d.Activate(2, cell)), cell];
        });

        Node Peeped(Node gate, int place, Node cell) =>
            peepholes is null ? gate : b.Add(gate, b.Mul(b.SliceAxis(peepholes, 0, place * d.Hidden, d.Hidden), cell));
    }
}
