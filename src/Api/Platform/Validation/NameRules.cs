using FluentValidation;

namespace Backprop.Api.Platform.Validation;

/// <summary>Rules for lists of names.</summary>
internal static class NameRules
{
    /// <summary>No name may be empty. Only the first empty one is reported: a million of them would be a million errors.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<string>?> NoneEmpty<T>(this IRuleBuilder<T, IReadOnlyList<string>?> names) =>
        names.Custom((given, context) =>
    {
        int empty = given?.ToList().FindIndex(string.IsNullOrEmpty) ?? -1;
        if (empty >= 0)
        {
            context.AddFailure($"{context.PropertyPath}[{empty}]", "A name must not be empty.");
        }
    });
}
