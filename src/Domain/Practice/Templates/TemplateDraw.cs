using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Templates;

/// <summary>What a template draws from: its parameters, the random generator, and the engine that computes keys.</summary>
/// <param name="random">Draws everything that is not a parameter.</param>
/// <param name="parameters">The drawn parameters.</param>
/// <param name="read">Reads formulas.</param>
/// <param name="evaluator">Evaluates nodes.</param>
public sealed class TemplateDraw(
    SeededGenerator random, IReadOnlyDictionary<string, double> parameters, ExpressionReader read, Evaluator evaluator)
{
    /// <summary>Draws everything that is not a parameter.</summary>
    public SeededGenerator Random => random;

    /// <summary>Evaluates nodes.</summary>
    public Evaluator Evaluator => evaluator;

    /// <summary>A parameter.</summary>
    public double this[string name] => parameters[name];

    /// <summary>An integer parameter.</summary>
    public int Int(string name) => (int)parameters[name];

    /// <summary>A graph written as a formula.</summary>
    public GraphDefinition Read(string formula) => read(formula);

    /// <summary>Value and gradient of a formula at a point, by reverse mode.</summary>
    public ValueAndGradients At(Figure figure) => At(figure.Expression, figure.Inputs);

    /// <summary>Value and gradient of a formula at a point, by reverse mode.</summary>
    public ValueAndGradients At(string formula, IReadOnlyDictionary<string, double> point) =>
        DifferentiatedGraph.Of(read(formula), point.ToDictionary(pair => pair.Key, pair => Literal.Of(pair.Value)), evaluator).Run();
}
