using Backprop.Api.Requests;

namespace Backprop.Api.Security;

/// <summary>
/// Headers that tell browsers what an answer may do, which is nothing: it is data. A picture may style itself, a page may load what
/// it came with. Over TLS, the service's own or that of a known proxy, browsers are told to stay with it.
/// </summary>
public static class SecurityHeaders
{
    private const string Page = "page";
    private const string Picture = "picture";

    // The style within the logo of Swagger UI; without it the logo is as dark as what it stands on.
    private const string LogoStyle = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";
    private const int SecondsInYear = 365 * 24 * 60 * 60;

    /// <summary>Registers the policies.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        HeaderPolicyCollection data = Common().AddContentSecurityPolicy(static csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
        });
        builder.Services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(data)
            .AddPolicy(Page, Common().AddContentSecurityPolicy(DescribePage))
            .AddPolicy(Picture, Common().AddContentSecurityPolicy(DescribePicture))
            .SetPolicySelector(selection => TypeOf(selection.HttpContext.Response.ContentType) is { } name ? selection.ConfiguredPolicies[name] : selection.DefaultPolicy);
        return builder;
    }

    private static string? TypeOf(string? mediaType) =>
        mediaType is null ? null
        : mediaType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ? Page
        : mediaType.StartsWith(PreferredFormat.Svg, StringComparison.OrdinalIgnoreCase) ? Picture
        : null;

    private static HeaderPolicyCollection Common() => new HeaderPolicyCollection()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginResourcePolicy(static resources => resources.SameOrigin())
        .AddStrictTransportSecurityMaxAge(SecondsInYear);

    private static void DescribePage(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddScriptSrc().Self();
        csp.AddStyleSrc().Self().WithHash256(LogoStyle);
        csp.AddImgSrc().Self().Data();
        csp.AddConnectSrc().Self();
        csp.AddBaseUri().None();
        csp.AddFormAction().None();
        csp.AddFrameAncestors().None();
    }

    private static void DescribePicture(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddStyleSrc().UnsafeInline();
        csp.AddFrameAncestors().None();
        csp.AddSandbox();
    }
}
