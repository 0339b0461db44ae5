using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Reads a formula; if it cannot be read, throws a <see cref="GraphException"/>.</summary>
public delegate GraphDefinition ExpressionReader(string text);

/// <summary>Says what keeps answers from being graded by the key of a question: <see cref="QuestionGrader.Faults"/>.</summary>
public delegate IReadOnlyList<QuestionFault> KeyFaults(Question question);

/// <summary>
/// Grades formulas: an answer is right if its value and its gradient agree with the key's at sampled points of both signs. Points at which the key
/// itself is undefined are skipped. Any spelling is accepted: <c>2x·sin(x²)</c>, <c>2*x*sin(x^2)</c>.
/// </summary>
/// <param name="read">Reads formulas.</param>
/// <param name="isFunction">Whether formulas have a function of this name.</param>
/// <param name="evaluator">Evaluates nodes.</param>
public sealed class ExpressionGrader(ExpressionReader read, Func<string, bool> isFunction, Evaluator evaluator)
{
    private const int MaxElements = 256;

    /// <summary>Grades an answer.</summary>
    /// <exception cref="GraphException">The key cannot be read.</exception>
    /// <exception cref="ArgumentException">The key is defined at too few points.</exception>
    public Grade Grade(ExpressionKey key, SubmittedAnswer answer, CancellationToken cancellationToken = default)
    {
        if (answer.Refusal() is { } refusal)
        {
            return refusal;
        }

        if (answer.Single() is not { } text)
        {
            return new Unreadable("One formula is expected.");
        }

        string formula = key.Formula ?? throw new ArgumentException("The key has no formula yet.", nameof(key));
        DifferentiatedGraph expected = Read(formula, key.Variables);
        Sample[] right = SamplePoints.Usable(key.Variables, point => At(expected, point, cancellationToken));
        try
        {
            DifferentiatedGraph given = Read(text, key.Variables);
            return Judged(key, right, [.. right.Select(sample => At(given, sample.Point, cancellationToken))], cancellationToken);
        }
        catch (Exception error) when (error is GraphException or InvalidOperandException or LimitException)
        {
            return new Unreadable($"The formula cannot be read: {error.Message}.");
        }
    }

    /// <summary>
    /// Why answers cannot be graded by a key, or null if they can: it cannot be read, is undefined at most points, or accepts a known mistake.
    /// </summary>
    public string? Fault(ExpressionKey key)
    {
        try
        {
            return Grade(key, key.Formula ?? string.Empty) is not Graded { IsCorrect: true } ? "The formula itself is not graded right."
                : key.Mistakes.FirstOrDefault(mistake => Grade(key, mistake.Formula) is not Graded { IsCorrect: false }) is { } right
                    ? $"'{right.Formula}' is not a formula in the variables, or would be graded right."
                    : null;
        }
        catch (Exception error) when (error is GraphException or InvalidOperandException or LimitException or ArgumentException)
        {
            return error.Message;
        }
    }

    /// <summary>The graph of a figure; null if it has inputs without values.</summary>
    /// <exception cref="GraphException">It cannot be read.</exception>
    internal WorkedExample? Example(Figure figure) => WorkedExample.Of(figure, read(figure.Expression).Inputs);

    private Graded Judged(ExpressionKey key, Sample[] right, Sample[] said, CancellationToken cancellationToken)
    {
        if (Agreement.Everywhere(said, right))
        {
            return Graded.Right;
        }

        ExpressionMistake? mistake = key.Mistakes.FirstOrDefault(mistake =>
        {
            DifferentiatedGraph wrong = Read(mistake.Formula, key.Variables);
            return Agreement.Everywhere(said, [.. right.Select(sample => At(wrong, sample.Point, cancellationToken))]);
        });
        return new Graded(0, mistake?.Feedback ?? Agreement.Remark(said, right));
    }

    /// <summary>A formula in these variables; e is Euler's number unless it is one of them.</summary>
    private DifferentiatedGraph Read(string text, IReadOnlyList<Variable> variables)
    {
        GraphDefinition graph = read(new FormulaSpelling([.. variables.Select(variable => variable.Name)], isFunction).Of(text));
        var values = new Dictionary<string, Literal>();
        foreach (InputDefinition input in graph.Inputs)
        {
            bool isVariable = variables.Any(variable => variable.Name == input.Name);
            values[input.Name] = isVariable || input.Name == "e"
                ? Literal.Of(isVariable ? 1 : Math.E)
                : throw new GraphException("expression",
                    $"'{input.Name}' is not one of the variables {string.Join(", ", variables.Select(v => v.Name))}");
        }

        return DifferentiatedGraph.Of(graph, values, evaluator, MaxElements);
    }

    private static Sample At(DifferentiatedGraph graph, IReadOnlyDictionary<string, double> point, CancellationToken cancellationToken)
    {
        Tensor[] inputs = [.. graph.InputNames.Select(name => Tensor.Scalar(point.TryGetValue(name, out double x) ? x : Math.E))];
        ValueAndGradients result = graph.Run(inputs, cancellationToken);
        double[] gradient = [.. point.Keys.Select(name => result.Gradients.TryGetValue(name, out double[]? g) ? g[0] : 0)];
        return new Sample(point, [result.Value, .. gradient]);
    }
}
