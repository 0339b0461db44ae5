using Backprop.Compute.Host;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Practice;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>The bank with its drawing and grading.</summary>
internal static class Practising
{
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name), maxNodes: 1000);

    public static readonly VariantDrawer Drawer = new(Parser.Parse, HostExecutor.Evaluate);

    public static readonly DerivationGrader Derivations = new(Parser.Parse, HostExecutor.Evaluate);

    public static readonly DebuggingGrader Debugging = new(Parser.Parse, HostExecutor.Evaluate);

    public static readonly QuestionGrader Grading = new(
        new ExpressionGrader(Parser.Parse, Parser.IsFunction, HostExecutor.Evaluate), Derivations, Debugging);

    public static readonly IReadOnlyList<Question> Bank = QuestionContent.Read().Questions;

    /// <summary>Graders of exercises at points of another seed.</summary>
    public static (DerivationGrader Derivations, DebuggingGrader Debugging) At(long seed) =>
        (new(Parser.Parse, HostExecutor.Evaluate, seed), new(Parser.Parse, HostExecutor.Evaluate, seed));

    public static Question Find(string id) => Bank.Single(question => question.Id == id);

    /// <summary>A question as a quiz shows it.</summary>
    public static Question Variant(string id, long seed) => QuizSampler.Variant(new DrawableQuestion(1, Find(id), Find(id)), seed, Drawer.Draw);
}
