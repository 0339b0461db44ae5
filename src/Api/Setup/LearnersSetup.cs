using Backprop.Api.Features.Accounts;
using Backprop.Api.Platform.DataProtection;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Security;
using Backprop.Domain.Practice.Daily;
using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Setup;

/// <summary>Accounts of learners: ASP.NET Core Identity on the service's own database, bearer tokens, and the data of signed-in learners.</summary>
internal static class LearnersSetup
{
    /// <summary>Registers Identity, the check of tokens, the keys that protect them, and the services of learners.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropLearners(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddAuthentication(LearnerTokens.Scheme)
            .AddScheme<AuthenticationSchemeOptions, LearnerTokens>(LearnerTokens.Scheme, null)
            .AddBearerToken(IdentityConstants.BearerScheme);
        services.AddAuthorizationBuilder().AddPolicy(LearnerRoutes.Optional, policy => policy.RequireAssertion(LearnerRoutes.IsSignedInOrAnonymous));
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
        services.AddSingleton<DailyQuestionService>();
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

    private static void AddKeys(WebApplicationBuilder builder)
    {
        IDataProtectionBuilder keys = builder.Services.AddDataProtection().SetApplicationName("Backprop");
        if (KeyCertificate.Load(builder.Configuration) is { } certificate)
        {
            keys.ProtectKeysWithCertificate(certificate);
        }

        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, TokenKeys>();
    }

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
