using Backprop.Client.Costs;
using Backprop.Client.Derivatives;
using Backprop.Client.Experiments;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Backprop.Client.Training;
using Backprop.Compute.Differences;
using Backprop.Compute.Experiments;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Practice.StudySets;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Backprop.Domain.Transformations;
using Backprop.Infrastructure.Persistence.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

/// <summary>
/// The enums of the contract and those of the layers below are cast into each other. A member that only one of a pair has, or has elsewhere, would
/// silently change answers.
/// </summary>
public sealed class EnumPairTests
{
    public static TheoryData<Type, Type> Pairs => new()
    {
        { typeof(AttentionConvention), typeof(AttentionCount) },
        { typeof(ExperimentParameterKind), typeof(ParameterKind) },
        { typeof(FiniteDifferenceMethod), typeof(DifferenceScheme) },
        { typeof(HardwareKind), typeof(AcceleratorKind) },
        { typeof(LinearBias), typeof(BiasScope) },
        { typeof(OptimizerKind), typeof(OptimizerMethod) },
        { typeof(Precision), typeof(ComputePrecision) },
        { typeof(RecomputationPolicy), typeof(ActivationPolicy) },
        { typeof(ScheduleAction), typeof(CheckpointActionKind) },
        { typeof(DifferenceMethod), typeof(DifferenceFormula) },
        { typeof(DifferentiationMode), typeof(JacobianMode) },
        { typeof(AnswerSource), typeof(AnswerOrigin) },
        { typeof(ReviewState), typeof(CardState) },
        { typeof(Difficulty), typeof(DifficultyLevel) },
        { typeof(InterviewState), typeof(InterviewStatus) },
        { typeof(QuestionKind), typeof(QuestionFormat) },
        { typeof(QuestionSort), typeof(QuestionOrder) },
        { typeof(QuizState), typeof(QuizStatus) },
        { typeof(StudyItemKind), typeof(StudyMaterial) },
        { typeof(TrainingRunState), typeof(RunState) },
        { typeof(InitializerChoice), typeof(InitializerName) },
        { typeof(FanChoice), typeof(FanLayout) },
        { typeof(ScheduleChoice), typeof(ScheduleName) },
        { typeof(TrainingGradient), typeof(GradientMethod) },
        { typeof(NonFiniteChoice), typeof(NonFiniteAction) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Members_have_the_same_names_and_numbers(Type contract, Type inner) => Members(contract).ShouldBe(Members(inner));

    private static IEnumerable<(string Name, long Number)> Members(Type type) =>
        Enum.GetNames(type).Select(name => (name, Convert.ToInt64(Enum.Parse(type, name)))).OrderBy(member => member.Item2);
}
