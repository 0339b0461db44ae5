using Backprop.Api.Features.Diagrams;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Diagrams;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Api.Features.Questions;

/// <summary>
/// Draws the graphs of questions: only their structure and given values, since intermediate values and gradients may be the answer.
/// </summary>
/// <param name="parser">Reads the expressions.</param>
internal sealed class FigureRenderer(ExpressionParser parser)
{
    /// <summary>The picture as SVG; null if there is no graph or it is too large.</summary>
    public string? Draw(Figure? figure)
    {
        if (figure is null)
        {
            return null;
        }

        try
        {
            GraphDefinition graph = parser.Parse(figure.Expression);
            Dictionary<string, Tensor> values = graph.Inputs.Where(input => figure.Inputs.ContainsKey(input.Name))
                .ToDictionary(input => input.Name, input => Tensor.Scalar(figure.Inputs[input.Name]));
            return SvgDiagram.Render(new DiagramRenderer(graph, values, null, null).Draw(), null);
        }
        catch (Exception exception) when (exception is GraphException or DiagramTooLargeException)
        {
            return null;
        }
    }
}
