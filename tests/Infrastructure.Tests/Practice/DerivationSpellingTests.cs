using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>
/// Hundreds of answers to derivations, right and wrong, in varied spellings. What is right is decided by the compiled engine, which runs the program and
/// the answer as one, at other points than the grader's.
/// </summary>
public sealed class DerivationSpellingTests
{
    private const int Wanted = 400;
    private const int Points = 6;
    private const double Tolerance = 1e-6;
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name), maxNodes: 2000);
    private static readonly Question[] All = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Derivation)];

    [Fact]
    public void No_answer_is_judged_wrongly()
    {
        var random = new Random(17);
        (int right, int wrong) = (0, 0);
        List<string> wrongly = [];
        for (int i = 0; right < Wanted || wrong < Wanted; i++)
        {
            i.ShouldBeLessThan(20 * Wanted, $"{right} right and {wrong} wrong answers");
            DerivationKey key = All[i % All.Length].Derivation!;
            int asked = random.Next(key.Asked.Count);
            var spelled = new SpelledGradient(key, random);
            string expression = key.Asked[asked].Expression;
            string text = i / All.Length % 2 == 0 ? spelled.Rewritten(expression) : spelled.Mistaken(expression);
            if (IsRight(key, expression, text) is not { } isRight)
            {
                continue;
            }

            (right, wrong) = isRight ? (right + 1, wrong) : (right, wrong + 1);
            Grade grade = Practising.Derivations.Grade(key, DerivationTests.Replaced(key, asked, text));
            if ((grade as Graded)?.Parts[asked].IsCorrect != isRight)
            {
                wrongly.Add($"{All[i % All.Length].Id}, {key.Asked[asked].Name}, {(isRight ? "right" : "wrong")}: {text}\n{(grade as Unreadable)?.Reason}");
            }
        }

        wrongly.ShouldBeEmpty();
    }

    // Null if the answer cannot be run, which is no verdict.
    private static bool? IsRight(DerivationKey key, string reference, string answer)
    {
        for (int point = 0; point < Points; point++)
        {
            var random = new Random(1000 + point);
            Dictionary<string, Literal> inputs = Inputs(key, key.Sizes[point % key.Sizes.Count], random);
            Tensor expected = Run(key, reference, inputs, point)!;
            if (Run(key, answer, inputs, point) is not { } given)
            {
                return null;
            }

            if (!given.Shape.Equals(expected.Shape) || !Enumerable.Range(0, given.Count).All(i => IsClose(given[i], expected[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsClose(double given, double expected) => Math.Abs(given - expected) <= Tolerance * Math.Max(1e-2, Math.Abs(expected));

    private static Tensor? Run(DerivationKey key, string expression, Dictionary<string, Literal> inputs, int point)
    {
        (string statements, string result) = DerivationTests.Split(Plain(key, expression));
        try
        {
            Dictionary<string, Literal> all = new(inputs);
            foreach ((string output, string name) in key.Cotangents)
            {
                Tensor value = Evaluated(Parser.Parse($"{key.Forward}\nresult_ = {output}", all.Keys, default), all);
                all[name] = new Literal(Drawn(value.Shape, new Random(77 + point), -2, 2));
            }

            return Evaluated(Parser.Parse($"{key.Forward}\n{statements}result_ = {result}", all.Keys, default), all);
        }
        catch (Exception error) when (error is GraphException or LimitException)
        {
            return null;
        }
    }

    // What the grader reads as well, but the language does not.
    private static string Plain(DerivationKey key, string text)
    {
        foreach ((string output, string name) in key.Cotangents)
        {
            text = text.Replace($"∂L/∂{output}", name, StringComparison.Ordinal).Replace($"dL/d{output}", name, StringComparison.Ordinal);
        }

        text = text.Replace("ᵀ", ".mT", StringComparison.Ordinal).Replace("^T", ".mT", StringComparison.Ordinal).Replace("^{T}", ".mT", StringComparison.Ordinal);
        text = text.Replace('⊙', '*').Replace("γ", "gamma", StringComparison.Ordinal).Replace("β", "beta", StringComparison.Ordinal);
        return text.Replace("  # so\n", "\n", StringComparison.Ordinal).Replace(" ; ", "\n", StringComparison.Ordinal);
    }

    private static Tensor Evaluated(GraphDefinition graph, Dictionary<string, Literal> inputs)
    {
        Dictionary<string, Literal> used = graph.Inputs.ToDictionary(input => input.Name, input =>
            inputs.TryGetValue(input.Name, out Literal? value) ? value : throw new GraphException("inputs", $"no value for {input.Name}"));
        Tensor value = Engine.Run(graph, used, Queries.Evaluation()).Results[0].Value;
        return value.Converted(DType.Float64);
    }

    private static Dictionary<string, Literal> Inputs(DerivationKey key, IReadOnlyDictionary<string, int> sizes, Random random)
    {
        Dictionary<string, Literal> inputs = sizes.ToDictionary(size => size.Key, size => new Literal(Tensor.Scalar((double)size.Value)));
        foreach ((string name, DrawnInput input) in key.Inputs)
        {
            Shape shape = Shape.Of([.. input.Shape.Select(dimension => dimension.Symbol is { } symbol ? sizes[symbol] : dimension.Size)]);
            inputs[name] = input.Below is { } below
                ? new Literal(Tensor.Of([.. Enumerable.Range(0, (int)shape.Count).Select(_ => random.NextInt64(below.Symbol is { } s ? sizes[s] : below.Size))], shape), DType.Int64)
                : new Literal(Drawn(shape, random, input.From, input.To));
        }

        return inputs;
    }

    private static Tensor Drawn(Shape shape, Random random, double from, double to) =>
        Tensor.Of([.. Enumerable.Range(0, (int)shape.Count).Select(_ => from + ((to - from) * random.NextDouble()))], shape);
}
