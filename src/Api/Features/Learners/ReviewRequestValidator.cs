using Backprop.Api.Platform.Validation;
using Backprop.Client.Learners;
using FluentValidation;

namespace Backprop.Api.Features.Learners;

/// <summary>Reviews: either an answer or a rating.</summary>
internal sealed class ReviewRequestValidator : AbstractValidator<ReviewRequest>
{
    /// <summary>The rules.</summary>
    public ReviewRequestValidator()
    {
        RuleFor(request => request).Must(request => (request.Rating is null) != (request.Answer is null))
            .WithMessage("Give exactly one of answer and rating.").AsMalformed();
        RuleFor(request => request.Review).GreaterThan(0).WithMessage("review must be at least 1.");
    }
}
