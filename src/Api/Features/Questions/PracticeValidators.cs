using Backprop.Client.Practice;
using Backprop.Domain.Practice.Quizzes;
using FluentValidation;

namespace Backprop.Api.Features.Questions;

/// <summary>Filters of questions: a limited number of values and a limited text.</summary>
internal sealed class QuestionFilterValidator : AbstractValidator<QuizFilters>
{
    private const int MaxValues = 20;
    private const int MaxIds = 100;
    private const int MaxText = 200;

    /// <summary>The rules.</summary>
    public QuestionFilterValidator()
    {
        RuleFor(filters => filters.Company).Must(values => values is null || values.Count <= MaxValues).WithMessage(Most("company", MaxValues));
        RuleFor(filters => filters.Difficulty).Must(values => values is null || values.Count <= MaxValues)
            .WithMessage(Most("difficulty", MaxValues));
        RuleFor(filters => filters.Topic).Must(values => values is null || values.Count <= MaxValues).WithMessage(Most("topic", MaxValues));
        RuleFor(filters => filters.Kind).Must(values => values is null || values.Count <= MaxValues).WithMessage(Most("kind", MaxValues));
        RuleFor(filters => filters.Tag).Must(values => values is null || values.Count <= MaxValues).WithMessage(Most("tag", MaxValues));
        RuleFor(filters => filters.Id).Must(values => values is null || values.Count <= MaxIds).WithMessage(Most("id", MaxIds));
        RuleFor(filters => filters.Q).MaximumLength(MaxText).WithMessage($"q must have at most {MaxText} characters.");
        RuleFor(filters => filters.AnsweredWrong).Must((filters, wrong) => wrong != true || filters.Unseen != true)
            .WithMessage("unseen and answeredWrong exclude each other: no question is both.");
    }

    private static string Most(string name, int values) => $"{name} must have at most {values} values.";
}

/// <summary>Quizzes: count, time and the rest within bounds.</summary>
internal sealed class QuizRequestValidator : AbstractValidator<QuizRequest>
{
    private const int MaxSeconds = 7 * 24 * 3600;

    /// <summary>The rules.</summary>
    public QuizRequestValidator(IValidator<QuizFilters> filters)
    {
        RuleFor(request => request.Count).InclusiveBetween(1, QuizSampler.MaxCount)
            .WithMessage($"count must lie between 1 and {QuizSampler.MaxCount}.");
        RuleFor(request => request.TimeLimitSeconds).InclusiveBetween(1, MaxSeconds)
            .WithMessage($"timeLimitSeconds must lie between 1 and {MaxSeconds}, a week.");
        RuleFor(request => request.Filters!).SetValidator(filters).When(request => request.Filters is not null);
        RuleFor(request => request.Tries).InclusiveBetween(1, TryRules.Most).WithMessage($"tries must lie between 1 and {TryRules.Most}.");
        RuleFor(request => request.Exercises).InclusiveBetween(0, QuizOptions.MostExercises)
            .WithMessage($"exercises must lie between 0 and {QuizOptions.MostExercises}.");
    }
}

/// <summary>Reports of errors: a text of limited length.</summary>
internal sealed class QuestionReportRequestValidator : AbstractValidator<QuestionReportRequest>
{
    private const int LongestText = 4000;

    /// <summary>The rules.</summary>
    public QuestionReportRequestValidator() => RuleFor(request => request.Text)
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("text must say what is wrong.")
        .MaximumLength(LongestText).WithMessage($"text must have at most {LongestText} characters.");
}

/// <summary>Answers in the learner's own words: of limited length.</summary>
internal sealed class InterviewAnswerRequestValidator : AbstractValidator<InterviewAnswerRequest>
{
    private const int LongestAnswer = 20_000;

    /// <summary>The rules.</summary>
    public InterviewAnswerRequestValidator() =>
        RuleFor(request => request.Answer).MaximumLength(LongestAnswer).WithMessage($"answer must have at most {LongestAnswer} characters.");
}

/// <summary>Interviews: either a named question or filters, and only interview questions.</summary>
internal sealed class InterviewRequestValidator : AbstractValidator<InterviewRequest>
{
    /// <summary>The rules.</summary>
    public InterviewRequestValidator(IValidator<QuizFilters> filters)
    {
        RuleFor(request => request.Filters!).SetValidator(filters).When(request => request.Filters is not null);
        RuleFor(request => request.Filters!.Kind).Must(kinds => kinds is null || kinds.All(kind => kind == QuestionKind.Interview))
            .When(request => request.Filters is not null).WithMessage("kind must be interview; POST /quizzes asks the other kinds.");
        RuleFor(request => request.QuestionId).Must((request, id) => id is null || (request.Filters is null && request.Seed is null))
            .WithMessage("Give either questionId, or filters and seed.");
    }
}
