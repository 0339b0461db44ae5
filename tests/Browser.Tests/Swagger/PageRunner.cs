using Backprop.Browser.Tests.Service;
using Backprop.Client.Learners;
using Microsoft.Playwright;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>
/// Executes operations as a reader of the page would: from the top, each example as it is; only what is random (ids, tokens) is typed. Deletion comes
/// last.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="page">The page.</param>
internal sealed class PageRunner(ServiceFixture service, SwaggerPage page)
{
    // The ids in the last answers: collection → id.
    private readonly Dictionary<string, string> _created = [];

    // The learner to whom quizzes and interviews belong.
    private AccountTokens? _tokens;

    /// <summary>Executes every example of the operations; returns what went wrong.</summary>
    /// <param name="operations">The operations in the order of the page.</param>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<Operation> operations)
    {
        _tokens = await service.SignUpAsync();
        var faults = new List<string>();
        foreach (Operation operation in operations.OrderBy(operation => operation.Method == "delete"))
        {
            try
            {
                await foreach ((string? example, LiveResponse response) in RunAsync(operation))
                {
                    if (!response.Succeeded)
                    {
                        faults.Add($"{operation.Id} ({operation.Method} {operation.Path}) {example}: {response}");
                    }
                }
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                faults.Add($"{operation.Id} ({operation.Method} {operation.Path}): {exception.Message}");
            }
        }

        return faults;
    }

    private async IAsyncEnumerable<(string? Example, LiveResponse Response)> RunAsync(Operation operation)
    {
        if (operation.TakesToken)
        {
            // Some operations revoke the learner's tokens.
            AccountTokens tokens = operation.RequiresToken ? await service.SignUpAsync() : _tokens!;
            await page.AuthorizeAsync("bearer", tokens.AccessToken);
        }

        await page.ShowOnlyAsync(operation.Tag);
        OperationBlock block = page.Block(operation.Id);
        await block.OpenAsync();
        // Further parameters count within what the id names.
        if (_created.TryGetValue(operation.Collection, out string? id) && operation.PathParameters.FirstOrDefault() is { } parameter)
        {
            await block.TypeParameterAsync(parameter, id);
        }

        foreach (string? example in operation.Examples)
        {
            if (example is not null)
            {
                await block.SelectExampleAsync(example);
            }

            if (await OwnBodyAsync(operation) is { } body)
            {
                await block.TypeBodyAsync(body);
            }

            LiveResponse response = await block.ExecuteAsync();
            if (response.CreatedId is { } created)
            {
                _created[operation.Collection] = created;
            }

            yield return (example, response);
        }

        await block.ToggleAsync();
    }

    // The bodies that no example can know: a refresh token, and an answer of the kind that today's question asks for.
    private async Task<string?> OwnBodyAsync(Operation operation) => operation.Id switch
    {
        "RefreshTokens" => $$"""{"refreshToken":"{{(await service.SignUpAsync()).RefreshToken}}"}""",
        "AnswerDailyQuestion" when (await service.Api.GetDailyQuestionAsync()).Question.Choices is null => """{"answer":"1"}""",
        _ => null,
    };
}
