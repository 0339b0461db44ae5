using Backprop.Api.Platform.Validation;
using Backprop.Client.Learners;
using FluentValidation;

namespace Backprop.Api.Features.Learners;

/// <summary>Reviews: an answer or a rating, not both.</summary>
public sealed class ReviewRequestValidator : AbstractValidator<ReviewRequest>
{
    /// <summary>The rules.</summary>
    public ReviewRequestValidator()
    {
        RuleFor(request => request).Must(request => (request.Rating is null) != (request.Answer is null))
            .WithMessage("A review is given in exactly one way: by an answer or by a rating.").AsMalformed();
        RuleFor(request => request.Review).GreaterThan(0).WithMessage("review counts from 1.");
    }
}
