using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>The part of the page that shows one operation.</summary>
/// <param name="block">Its element.</param>
internal sealed partial class OperationBlock(ILocator block)
{
    // The first column, and of the second the body or, without one, everything.
    private const string Reading = """
        answer => {
          const description = answer.querySelector(".response-col_description");
          const body = description.querySelector(".highlight-code pre") ?? description;
          return [answer.querySelector(".response-col_status").textContent, body.textContent];
        }
        """;

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

    public Task SelectExampleAsync(string name) =>
        block.Locator(".opblock-section-request-body select.examples-select-element").SelectOptionAsync(name);

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
        return await Answer.CountAsync() > 0 ? await ReadAnswerAsync() : await ReadRefusalAsync();
    }

    /// <summary>The width of the picture in the answer, in pixels of its own.</summary>
    public async Task<int> PictureWidthAsync() =>
        await Answer.Locator("img").EvaluateAsync<int>("async picture => { await picture.decode(); return picture.naturalWidth; }");

    private async Task<LiveResponse> ReadRefusalAsync()
    {
        string reason = $"{await Refusal.First.TextContentAsync()} {await Refusal.First.GetAttributeAsync("title")}";
        return new LiveResponse(null, false, $"refused by the page: {reason}");
    }

    private async Task<LiveResponse> ReadAnswerAsync()
    {
        string[] shown = await Answer.EvaluateAsync<string[]>(Reading);
        Match status = Status().Match(shown[0]);
        return new LiveResponse(
            status.Success ? int.Parse(status.Value, CultureInfo.InvariantCulture) : null,
            !shown[0].Contains("Undocumented", StringComparison.Ordinal),
            shown[1]);
    }

    [GeneratedRegex(@"\d{3}")]
    private static partial Regex Status();
}
