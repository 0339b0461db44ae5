using Backprop.Client.Practice;
using Backprop.Domain.Practice.Quizzes;
using FluentValidation;

namespace Backprop.Api.Features.Questions;

/// <summary>Filters of questions: a limited number of companies and a limited text.</summary>
internal sealed class QuestionFilterValidator : AbstractValidator<QuizFilters>
{
    private const int MaxCompanies = 20;
    private const int MaxText = 200;

    /// <summary>The rules.</summary>
    public QuestionFilterValidator()
    {
        RuleFor(filters => filters.Company).Must(companies => companies is null || companies.Count <= MaxCompanies)
            .WithMessage($"company must list at most {MaxCompanies} companies.");
        RuleFor(filters => filters.Q).MaximumLength(MaxText).WithMessage($"q must have at most {MaxText} characters.");
    }
}

/// <summary>Quizzes: count and time within bounds, and only questions that can be graded.</summary>
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
        RuleFor(request => request.Filters!.Kind).NotEqual(QuestionKind.Interview).When(request => request.Filters is not null)
            .WithMessage("A quiz cannot grade interview questions; practise them with POST /interviews.");
    }
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
        RuleFor(request => request.Filters!.Kind).Must(kind => kind is null or QuestionKind.Interview).When(request => request.Filters is not null)
            .WithMessage("kind must be interview; POST /quizzes asks the other kinds.");
        RuleFor(request => request.QuestionId).Must((request, id) => id is null || (request.Filters is null && request.Seed is null))
            .WithMessage("Give either questionId, or filters and seed.");
    }
}
