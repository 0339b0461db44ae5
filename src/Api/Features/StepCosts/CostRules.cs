using FluentValidation;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Rules on numbers of cost requests; a number that is not one (NaN) breaks them all.</summary>
public static class CostRules
{
    /// <summary>The least of a quantity, which keeps quotients finite.</summary>
    public const double Least = 1e-9;

    /// <summary>The most of a quantity.</summary>
    public const double Most = 1e15;

    /// <summary>A quantity from 1e-9 to a greatest one.</summary>
    public static IRuleBuilderOptions<T, double?> IsPositive<T>(this IRuleBuilder<T, double?> rule, double most = Most) => rule.IsWithin(Least, most);

    /// <summary>A quantity between two bounds.</summary>
    public static IRuleBuilderOptions<T, double?> IsWithin<T>(this IRuleBuilder<T, double?> rule, double least, double most) => rule
        .Must(value => value is null || (value >= least && value <= most))
        .WithMessage((_, value) => FormattableString.Invariant($"{{PropertyPath}} is {value}; it must lie between {least} and {most}."));

    /// <summary>A count between two bounds.</summary>
    public static IRuleBuilderOptions<T, long?> IsWithin<T>(this IRuleBuilder<T, long?> rule, long least, long most) => rule
        .Must(value => value is null || (value >= least && value <= most))
        .WithMessage((_, value) => FormattableString.Invariant($"{{PropertyPath}} is {value}; it must lie between {least} and {most}."));
}
