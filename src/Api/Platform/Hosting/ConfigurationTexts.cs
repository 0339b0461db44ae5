namespace Backprop.Api.Platform.Hosting;

/// <summary>Lists in the configuration.</summary>
internal static class ConfigurationTexts
{
    /// <summary>The strings under a key: a list, or one string separated by commas.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="key">The key.</param>
    public static string[] Texts(this IConfiguration configuration, string key) =>
        configuration.GetSection(key).Get<string[]>()
        ?? configuration[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
