using Backprop.Client.Practice;
using Backprop.Domain.Practice.Quizzes;
using FluentValidation;

namespace Backprop.Api.Features.Questions;

/// <summary>Filters of questions: neither too many companies nor too long a text.</summary>
public sealed class QuestionFilterValidator : AbstractValidator<QuestionFilterContract>
{
    private const int MaxCompanies = 20;
    private const int MaxText = 200;

    /// <summary>The rules.</summary>
    public QuestionFilterValidator()
    {
        RuleFor(filters => filters.Company).Must(companies => companies is null || companies.Count <= MaxCompanies)
            .WithMessage($"At most {MaxCompanies} companies are named.");
        RuleFor(filters => filters.Q).MaximumLength(MaxText).WithMessage($"The text has at most {MaxText} characters.");
    }
}

/// <summary>Quizzes: a count and a time that make sense, and no questions that nobody can grade.</summary>
public sealed class QuizRequestValidator : AbstractValidator<QuizRequest>
{
    private const int MaxSeconds = 7 * 24 * 3600;

    /// <summary>The rules.</summary>
    public QuizRequestValidator(IValidator<QuestionFilterContract> filters)
    {
        RuleFor(request => request.Count).InclusiveBetween(1, QuizSampler.MaxCount)
            .WithMessage($"count must lie between 1 and {QuizSampler.MaxCount}.");
        RuleFor(request => request.TimeLimitSeconds).InclusiveBetween(1, MaxSeconds)
            .WithMessage($"timeLimitSeconds must lie between 1 and {MaxSeconds}, a week.");
        RuleFor(request => request.Filters!).SetValidator(filters).When(request => request.Filters is not null);
        RuleFor(request => request.Filters!.Kind).NotEqual(QuestionKind.Interview).When(request => request.Filters is not null)
            .WithMessage("Interview questions are not graded by a quiz; POST /interviews practises them.");
    }
}

/// <summary>Interviews: a question that is named is not drawn, and only interview questions are asked.</summary>
public sealed class InterviewRequestValidator : AbstractValidator<InterviewRequest>
{
    /// <summary>The rules.</summary>
    public InterviewRequestValidator(IValidator<QuestionFilterContract> filters)
    {
        RuleFor(request => request.Filters!).SetValidator(filters).When(request => request.Filters is not null);
        RuleFor(request => request.Filters!.Kind).Must(kind => kind is null or QuestionKind.Interview).When(request => request.Filters is not null)
            .WithMessage("Only questions of kind interview are practised here; POST /quizzes asks the others.");
        RuleFor(request => request.QuestionId).Must((request, id) => id is null || (request.Filters is null && request.Seed is null))
            .WithMessage("A question is either named by questionId, or drawn by filters and seed.");
    }
}
