using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>The part of the page that shows one operation.</summary>
/// <param name="block">Its element.</param>
internal sealed partial class OperationBlock(ILocator block)
{
    private ILocator Answer => block.Locator(".live-responses-table tr.response");

    // The page marks what it refuses, and sends nothing.
    private ILocator Refusal => block.Locator(".validation-errors, .parameters .invalid, textarea.invalid");

    public async Task OpenAsync()
    {
        await ToggleAsync();
        await block.Locator(".try-out__btn").ClickAsync();
    }

    /// <summary>Opens the block, or closes it.</summary>
    public Task ToggleAsync() => block.Locator(".opblock-summary-control").ClickAsync();

    public async Task TypeParameterAsync(string name, string value)
    {
        ILocator input = block.Locator($"tr[data-param-name='{name}'] input");
        await input.FillAsync(value);

        // The input tells the page after a pause, or when it is left.
        await input.BlurAsync();
    }

    public Task TypeBodyAsync(string json) => block.Locator("textarea.body-param__text").FillAsync(json);

    public Task SelectExampleAsync(string name) => block.Locator(".opblock-section-request-body select.examples-select-element").SelectOptionAsync(name);

    /// <summary>Sends the request and waits for what the page shows.</summary>
    public async Task<LiveResponse> ExecuteAsync()
    {
        ILocator clear = block.Locator(".btn-clear");
        if (await clear.CountAsync() > 0)
        {
            await clear.ClickAsync();
        }

        await block.Locator(".btn.execute").ClickAsync();
        await Answer.Or(Refusal).First.WaitForAsync();
        return await Answer.CountAsync() > 0
            ? await ReadAnswerAsync()
            : new LiveResponse(null, false, $"refused by the page: {await Refusal.First.InnerTextAsync()} {await Refusal.First.GetAttributeAsync("title")}");
    }

    /// <summary>The width of the picture in the answer, in pixels of its own.</summary>
    public async Task<int> PictureWidthAsync() =>
        await Answer.Locator("img").EvaluateAsync<int>("async picture => { await picture.decode(); return picture.naturalWidth; }");

    private async Task<LiveResponse> ReadAnswerAsync()
    {
        ILocator description = Answer.Locator(".response-col_description");
        ILocator body = description.Locator(".highlight-code pre");
        string text = await body.CountAsync() > 0 ? await body.First.TextContentAsync() ?? "" : await description.InnerTextAsync();
        Match status = Status().Match(await Answer.Locator(".response-col_status").InnerTextAsync());
        return new LiveResponse(
            status.Success ? int.Parse(status.Value, CultureInfo.InvariantCulture) : null,
            await Answer.Locator(".response-undocumented").CountAsync() == 0,
            text);
    }

    [GeneratedRegex(@"\d{3}")]
    private static partial Regex Status();
}
