using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Internal;

namespace Backprop.Api.Platform.Validation;

/// <summary>FluentValidation, run by an endpoint filter.</summary>
internal static class ValidationSetup
{
    /// <summary>Registers the validators of this project; their errors are keyed by JSON path.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropValidation(this WebApplicationBuilder builder)
    {
        ValidatorOptions.Global.PropertyNameResolver = JsonPath;
        builder.Services.AddValidatorsFromAssembly(typeof(ValidationSetup).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return builder;
    }

    /// <summary>Validates the body of a route before its handler runs.</summary>
    /// <typeparam name="T">The contract record, which has a validator.</typeparam>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder WithValidation<T>(this RouteHandlerBuilder route) where T : class =>
        route.AddEndpointFilter<ValidationFilter<T>>();

    /// <summary>Marks a rule that requires a member: its failure is a 400, that of other rules a 422.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <typeparam name="TProperty">The member's type.</typeparam>
    /// <param name="rule">The rule.</param>
    public static IRuleBuilderOptions<T, TProperty> AsMalformed<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule) =>
        rule.WithState(_ => StatusCodes.Status400BadRequest);

    private static string? JsonPath(Type type, MemberInfo? member, LambdaExpression? expression)
    {
        var chain = expression is null ? null : PropertyChain.FromExpression(expression).ToString();
        var path = string.IsNullOrEmpty(chain) ? member?.Name : chain;
        return path is null ? null : string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
    }
}
