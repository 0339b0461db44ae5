using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <summary>How a Jacobian was computed, and where its blocks are in the results of a run.</summary>
public sealed class JacobianFacts
{
    private readonly Shape[] rows;
    private readonly Shape[] columns;
    private readonly (int Panel, int Start)[] rowPlaces;
    private readonly (int Panel, int Start)[] columnPlaces;
    private readonly bool byColumns;

    private JacobianFacts(
        JacobianPanels made, (IReadOnlyList<string> Names, IReadOnlyList<Node> Nodes) outputs,
            (IReadOnlyList<string> Names, IReadOnlyList<Node> Nodes) wrt)
    {
        (Outputs, Wrt, Mode, Passes) = (outputs.Names, wrt.Names, made.Mode, made.Passes);
        rows = [.. outputs.Nodes.Select(node => node.Shape)];
        columns = [.. wrt.Nodes.Select(node => node.Shape)];
        byColumns = made.Mode == JacobianMode.Forward;
        rowPlaces = Places(made.Panels.Select(panel => panel.Outputs), rows);
        columnPlaces = Places(made.Panels.Select(panel => panel.Wrt), columns);
    }

    /// <summary>Its rows.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Wrt { get; }

    /// <summary>Forward or reverse.</summary>
    public JacobianMode Mode { get; }

    /// <summary>Columns or rows.</summary>
    public int Passes { get; }

    /// <summary>The facts of a Jacobian, whose panels are results in their order.</summary>
    internal static JacobianFacts Of(
        JacobianPanels made, (IReadOnlyList<string> Names, IReadOnlyList<Node> Nodes) outputs,
            (IReadOnlyList<string> Names, IReadOnlyList<Node> Nodes) wrt) =>
        new(made, outputs, wrt);

    /// <summary>The blocks of a run, by the places of an output and an input: cut out when they are asked for.</summary>
    /// <param name="execution">The run.</param>
    /// <returns>Maps the two indices to a tensor of shape output + input, with a leading axis of points if there is a batch.</returns>
    public Func<int, int, Tensor> Blocks(Execution execution)
    {
        Tensor[] panels = [.. execution.WithRole(ResultRole.JacobianPanel).Select(result => result.Value)];
        return (output, input) =>
        {
            Tensor panel = panels[byColumns ? rowPlaces[output].Panel : columnPlaces[input].Panel];
            Shape shape = Shape.Of([.. panel.Shape.Dims[..^2], .. rows[output].Dims, .. columns[input].Dims]);
            return panel.Count == shape.Count
                ? panel.Reshaped(shape)
                : Cut(panel, shape, (rowPlaces[output].Start, (int)rows[output].Count), (columnPlaces[input].Start, (int)columns[input].Count));
        };
    }

    private static (int Panel, int Start)[] Places(IEnumerable<IReadOnlyList<int>> panels, Shape[] shapes)
    {
        var indices = new (int Panel, int Start)[shapes.Length];
        foreach ((int panel, IReadOnlyList<int> members) in panels.Index())
        {
            int start = 0;
            foreach (int member in members)
            {
                indices[member] = (panel, start);
                start += (int)shapes[member].Count;
            }
        }

        return indices;
    }

    private static Tensor Cut(Tensor panel, Shape shape, (int Start, int Count) rows, (int Start, int Count) columns)
    {
        Tensor block = Tensor.Zeros(new TensorType(panel.DType, shape));
        (int height, int width) = (panel.Shape[^2], panel.Shape[^1]);
        int points = height * width == 0 ? 0 : panel.Count / (height * width);
        for (int row = 0; row < points * rows.Count; row++)
        {
            int from = (row / rows.Count * height) + rows.Start + (row % rows.Count);
            Array.Copy(panel.Storage, (from * width) + columns.Start, block.Storage, row * columns.Count, columns.Count);
        }

        return block;
    }
}
