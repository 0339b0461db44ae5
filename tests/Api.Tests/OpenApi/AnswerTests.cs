using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>
/// The recorded answers are those that the service gives. <c>UPDATE_OPENAPI=1 dotnet test tests/Api.Tests --filter OpenApi</c> records them anew.
/// </summary>
public sealed class AnswerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_answers_in_the_document_are_the_ones_the_service_gives()
    {
        JsonObject answers = await AnswerRecording.RecordAsync(api);
        JsonNode recorded = JsonNode.Parse(await File.ReadAllTextAsync(AnswerRecording.Source))!;
        AnswerComparison.Differences(recorded, answers).ShouldBeEmpty("UPDATE_OPENAPI=1 dotnet test tests/Api.Tests --filter OpenApi records the answers anew.");
    }
}
