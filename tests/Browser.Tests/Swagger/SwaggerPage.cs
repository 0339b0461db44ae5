using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>Swagger UI in a browser.</summary>
internal sealed class SwaggerPage : IAsyncDisposable
{
    private const int PatienceMs = 20_000;

    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _errors = [];

    private SwaggerPage(IPage page)
    {
        _page = page;
        page.SetDefaultTimeout(PatienceMs);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{message.Text} {message.Location}");
            }
        };
    }

    /// <summary>What the page itself complained about: its scripts, and what its security policy keeps it from loading.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<SwaggerPage> OpenAsync(IBrowser browser, Uri service)
    {
        var page = new SwaggerPage(await browser.NewPageAsync());
        await page._page.GotoAsync($"{service}swagger/index.html");
        await page._page.Locator(".opblock").First.WaitForAsync();
        return page;
    }

    /// <summary>Fills in a credential.</summary>
    /// <param name="scheme">The security scheme of the document.</param>
    /// <param name="credential">The key or the token.</param>
    public async Task AuthorizeAsync(string scheme, string credential)
    {
        const string Script = "([scheme, credential]) => window.ui.preauthorizeApiKey(scheme, credential) !== null";
        bool isKnown = await _page.EvaluateAsync<bool>(Script, new[] { scheme, credential });
        isKnown.ShouldBeTrue($"The document has no security scheme {scheme}.");
    }

    public Task<int> CountOperationsAsync() => _page.Locator(".opblock").CountAsync();

    /// <summary>Closes every section but that of a tag. The page draws all open ones anew at each click, which takes most of the time.</summary>
    /// <param name="tag">The tag.</param>
    public async Task ShowOnlyAsync(string tag)
    {
        await ClickAllAsync($".opblock-tag[data-is-open='true']:not([data-tag='{tag}']) .expand-operation");
        await ClickAllAsync($".opblock-tag[data-is-open='false'][data-tag='{tag}'] .expand-operation");
    }

    public OperationBlock Block(string operationId) => new(_page.Locator($".opblock[id$='-{operationId}']"));

    public async ValueTask DisposeAsync() => await _page.CloseAsync();

    // A click takes the element out of the selection.
    private async Task ClickAllAsync(string selector)
    {
        while (await _page.Locator(selector).CountAsync() > 0)
        {
            await _page.Locator(selector).First.ClickAsync();
        }
    }
}
