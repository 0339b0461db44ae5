using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>Every example of the document succeeds as documented, with the answer that the document shows.</summary>
public sealed class ExampleTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_example_succeeds()
    {
        var failures = new List<string>();
        foreach (ExampleAnswer answer in await new ExampleRunner(api).RunAsync())
        {
            if (!answer.Operation.Json["responses"]!.AsObject().Any(entry => entry.Key == $"{answer.Status}" && entry.Key[0] is '2' or '3'))
            {
                failures.Add($"{answer.Operation}: {answer.Status} {answer.Body}\n{answer.Request}");
            }
        }

        failures.ShouldBeEmpty();
    }
}
