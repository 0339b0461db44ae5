using FluentValidation;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Rules for numbers in cost requests; NaN breaks them all.</summary>
internal static class CostRules
{
    /// <summary>The minimum of a quantity, which keeps quotients finite.</summary>
    public const double Least = 1e-9;

    /// <summary>The maximum of a quantity.</summary>
    public const double Most = 1e15;

    /// <summary>A quantity of at least 1e-9 and at most a maximum.</summary>
    public static IRuleBuilderOptions<T, double?> IsPositive<T>(this IRuleBuilder<T, double?> rule, double most = Most) => rule.IsWithin(Least, most);

    /// <summary>A quantity between two bounds.</summary>
    public static IRuleBuilderOptions<T, double?> IsWithin<T>(this IRuleBuilder<T, double?> rule, double least, double most) => rule
        .Must(value => value is null || (value >= least && value <= most))
        .WithMessage((_, value) => FormattableString.Invariant($"{{PropertyPath}} must lie between {least} and {most}; got {value}."));

    /// <summary>A count between two bounds.</summary>
    public static IRuleBuilderOptions<T, long?> IsWithin<T>(this IRuleBuilder<T, long?> rule, long least, long most) => rule
        .Must(value => value is null || (value >= least && value <= most))
        .WithMessage((_, value) => FormattableString.Invariant($"{{PropertyPath}} must lie between {least} and {most}; got {value}."));
}
