using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using FluentValidation;
using FluentValidation.Results;

namespace Backprop.Api.Platform.Validation;

/// <summary>Runs the validator of a body; all failures are reported at once, keyed by JSON path.</summary>
/// <typeparam name="T">The contract record.</typeparam>
/// <param name="validator">Its validator.</param>
internal sealed class ValidationFilter<T>(IValidator<T> validator) : IEndpointFilter where T : class
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = context.Arguments.OfType<JsonBody<T>>().Single();
        var result = await validator.ValidateAsync(body.Value, context.HttpContext.RequestAborted);
        return result.IsValid ? await next(context) : throw new ProblemException(Describe(result.Errors));
    }

    private static Problem Describe(List<ValidationFailure> failures)
    {
        var malformed = failures.Exists(failure => failure.CustomState is StatusCodes.Status400BadRequest);
        return new Problem(malformed ? 400 : 422, string.Join(" ", failures.Select(failure => failure.ErrorMessage)))
        {
            Errors = failures
                .GroupBy(failure => failure.PropertyName ?? "")
                .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray()),
        };
    }
}
