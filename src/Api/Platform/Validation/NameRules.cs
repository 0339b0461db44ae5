using FluentValidation;

namespace Backprop.Api.Platform.Validation;

/// <summary>Rules for lists of names.</summary>
internal static class NameRules
{
    /// <summary>No name is empty. The first that is is told: of a million of them each would be an error of its own.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<string>?> NoneEmpty<T>(this IRuleBuilder<T, IReadOnlyList<string>?> names) =>
        names.Custom((given, context) =>
    {
        int empty = given?.ToList().FindIndex(string.IsNullOrEmpty) ?? -1;
        if (empty >= 0)
            context.AddFailure($"{context.PropertyPath}[{empty}]", "A name is empty.");
    });
}
