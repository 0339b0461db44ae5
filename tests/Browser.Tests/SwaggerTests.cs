using Backprop.Browser.Tests.Chromium;
using Backprop.Browser.Tests.Swagger;

namespace Backprop.Browser.Tests;

/// <summary>Swagger UI works in a browser: every operation can be tried out as it is shown.</summary>
public sealed class SwaggerTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task Every_example_of_every_operation_succeeds()
    {
        IReadOnlyList<Operation> operations = Operation.Read(await fixture.Service.ReadDocumentAsync());
        await using SwaggerPage page = await fixture.OpenSwaggerAsync();
        (await page.CountOperationsAsync()).ShouldBe(operations.Count);
        (await new PageRunner(fixture.Service, page).RunAsync(operations)).ShouldBeEmpty();
        page.Errors.ShouldBeEmpty();
    }

    [BrowserTheory]
    [InlineData("Diagram")]
    [InlineData("ShowDiagram")]
    public async Task Diagrams_appear_as_pictures(string operationId)
    {
        await using SwaggerPage page = await fixture.OpenSwaggerAsync();
        OperationBlock block = page.Block(operationId);
        await block.OpenAsync();
        LiveResponse response = await block.ExecuteAsync();
        response.Succeeded.ShouldBeTrue($"{response}");
        (await block.PictureWidthAsync()).ShouldBeGreaterThan(0);
    }

    // A run that finds no fault must be able to find one.
    [BrowserFact]
    public async Task A_request_that_fails_is_shown_as_such()
    {
        await using SwaggerPage page = await fixture.OpenSwaggerAsync();
        OperationBlock gradient = page.Block("Gradient");
        await gradient.OpenAsync();
        await gradient.TypeBodyAsync("""{"expression":"L = x*y","inputs":{"x":3}}""");
        LiveResponse failed = await gradient.ExecuteAsync();
        (failed.Status, failed.Succeeded).ShouldBe((422, false));
        failed.ToString().ShouldContain("y");

        OperationBlock lookup = page.Block("GetOperator");
        await lookup.OpenAsync();
        await lookup.TypeParameterAsync("name", "");
        LiveResponse refused = await lookup.ExecuteAsync();
        (refused.Status, refused.Succeeded).ShouldBe((null, false));
    }
}
