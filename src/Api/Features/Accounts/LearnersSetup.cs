using Backprop.Api.Features.Daily;
using Backprop.Api.Features.Learners;
using Backprop.Api.Platform.DataProtection;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Accounts;

/// <summary>Accounts of learners: ASP.NET Core Identity on the service's own database, bearer tokens, and the data of signed-in learners.</summary>
internal static class LearnersSetup
{
    private const string Optional = "learner-or-nobody";

    /// <summary>Registers Identity, the check of tokens, the keys that protect them, and the services of learners.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropLearners(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddAuthentication(LearnerTokens.Scheme)
            .AddScheme<AuthenticationSchemeOptions, LearnerTokens>(LearnerTokens.Scheme, null)
            .AddBearerToken(IdentityConstants.BearerScheme);
        services.AddAuthorizationBuilder().AddPolicy(Optional, policy => policy.RequireAssertion(IsSignedInOrNobody));
        services.AddIdentityCore<Learner>(DescribeAccounts)
            .AddUserStore<LearnerStore>()
            .AddSignInManager()
            .AddPasswordValidator<PasswordRules>();
        services.AddSingleton<IPersonalDataProtector, SecretProtector>();
        services.AddSingleton<SignInAttempts>();
        services.AddScoped<AuthenticatorCodes>();
        services.AddScoped<KnownAddresses>();
        services.AddScoped<LearnerSignIn>();
        services.AddScoped<Registrations>();
        services.AddScoped<AccountChanges>();
        services.AddScoped<SessionTokens>();
        services.AddHostedService<SecretEncryption>();
        AddKeys(builder);
        services.Configure<RateLimiterOptions>(options => options.AddPolicy<string, SignInRate>(SignInRate.Policy));
        services.AddSingleton<ReviewService>();
        services.AddSingleton<DailyService>();
        return builder;
    }

    /// <summary>Checks the token only on routes that accept a learner; the fast path is unaffected.</summary>
    /// <param name="app">The application, after routing.</param>
    public static WebApplication UseBackpropLearners(this WebApplication app)
    {
        // Without these marks the application would add both middlewares before every request.
        IDictionary<string, object?> properties = ((IApplicationBuilder)app).Properties;
        properties["__AuthenticationMiddlewareSet"] = properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(
            static context => context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null,
            static branch => branch.UseAuthentication().UseAuthorization());
        return app;
    }

    /// <summary>Requires a signed-in learner (401).</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder RequireLearner<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization();

    /// <summary>Accepts a token but does not require one; an invalid token is rejected (401), since the learner's work would go unrecorded.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder AllowOptionalLearner<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(Optional);

    /// <summary>Whether a route requires a learner; null if it does not accept one.</summary>
    /// <param name="metadata">The metadata of the route.</param>
    internal static bool? AsksForLearner(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().FirstOrDefault() is { } authorize ? authorize.Policy != Optional : null;

    private static void AddKeys(WebApplicationBuilder builder)
    {
        IDataProtectionBuilder keys = builder.Services.AddDataProtection().SetApplicationName("Backprop");
        if (KeyCertificate.Load(builder.Configuration) is { } certificate)
            keys.ProtectKeysWithCertificate(certificate);
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, TokenKeys>();
    }

    private static bool IsSignedInOrNobody(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true } || context.Resource is HttpContext { Request.Headers.Authorization.Count: 0 };

    // NIST SP 800-63B, 3.1.1: the length counts, not the kinds of characters. The e-mail address is the user name.
    private static void DescribeAccounts(IdentityOptions options)
    {
        options.Password = new PasswordOptions
        {
            RequiredLength = PasswordRules.Shortest,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.User.AllowedUserNameCharacters = "";
        options.Lockout.AllowedForNewUsers = false;
    }
}
