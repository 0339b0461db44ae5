namespace Backprop.Domain.Practice.Questions;

/// <summary>How a question is drawn: by the template of this name, from parameters within these ranges.</summary>
/// <param name="Name">The template.</param>
/// <param name="Parameters">The range of each of its parameters. In the texts of the question <c>{{layers}}</c> is replaced with the parameter
/// <c>layers</c>, and likewise for everything else that the template computes.</param>
public sealed record Template(string Name, IReadOnlyDictionary<string, ParameterRange> Parameters);

/// <summary>What a parameter is drawn from: either from … to in steps, or listed values.</summary>
public sealed record ParameterRange
{
    /// <summary>The least value.</summary>
    public double? From { get; init; }

    /// <summary>The greatest value.</summary>
    public double? To { get; init; }

    /// <summary>The distance between neighbouring values; 1 if it is null.</summary>
    public double? Step { get; init; }

    /// <summary>The values, instead of the three above.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}

/// <summary>
/// Draws a question that has a template: the same random seed gives the same question, in every process. The result has no template, no placeholders,
/// and a complete key. A question without a template is returned unchanged.
/// </summary>
/// <param name="question">The pattern.</param>
/// <param name="seed">The random seed.</param>
/// <exception cref="Templates.TemplateException">There is no such template, or it cannot be drawn with these parameters.</exception>
public delegate Question VariantDrawing(Question question, long seed);
