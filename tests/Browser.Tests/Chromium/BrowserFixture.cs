using Backprop.Browser.Tests.Service;
using Backprop.Browser.Tests.Swagger;
using Microsoft.Playwright;

namespace Backprop.Browser.Tests.Chromium;

/// <summary>A browser without a window, and the service that it opens.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal ServiceFixture Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Also called if all tests are skipped.
        if (ChromiumExecutable.Path is null)
        {
            return;
        }

        Service = new ServiceFixture();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumExecutable.Path,
            Headless = true,
            Args = ["--no-sandbox"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }
    }

    /// <summary>Opens Swagger UI in a new tab, with the key of the service filled in.</summary>
    internal async Task<SwaggerPage> OpenSwaggerAsync()
    {
        SwaggerPage page = await SwaggerPage.OpenAsync(_browser!, Service.Address);
        await page.AuthorizeAsync("apiKey", ServiceFixture.WriteKey);
        return page;
    }
}
