using System.Net;
using System.Text;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>
/// ONNX's own node tests, each through a request: it passes at the suite's tolerances, or is refused by the name of what is not supported.
/// The refusals are a committed list, so that a change of them shows in review. <c>UPDATE_ONNX=1 dotnet test tests/Api.Tests</c> writes it anew.
/// </summary>
public sealed class NodeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Reasons =
    [
        "the model uses what is not supported: ", "the model is written for opset ", "; only constants, shapes and int64 inputs may decide shapes",
        "; use Cast, nothing is converted silently", "attribute coordinate_transformation_mode is 'tf_half_pixel_for_nn'",
    ];

    [NodeDataFact]
    public async Task Every_case_passes_or_is_refused_by_name()
    {
        int passed = 0;
        var faults = new List<string>();
        var refusals = new List<string>();
        foreach (NodeCase node in NodeCase.All)
        {
            if (await RefusalAsync(node) is { } refusal)
                refusals.Add($"{node.Name}: {refusal}");
            else
                passed++;
        }

        faults.ShouldBeEmpty();
        refusals.ShouldAllBe(refusal => Reasons.Any(refusal.Contains));
        await CompareAsync(Report(passed, refusals));

        async Task<string?> RefusalAsync(NodeCase node)
        {
            try
            {
                EvaluationAnswer answer = await api.Api.EvaluateAsync(node.Request);
                if (!node.IsMistaken && node.Fault(answer.Outputs) is { } fault)
                    faults.Add($"{node.Name}: {fault}");
                return null;
            }
            catch (ApiException refused) when (refused.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                return (await refused.ProblemAsync())!.Detail;
            }
        }
    }

    private static string Report(int passed, List<string> refusals)
    {
        var text = new StringBuilder($"{passed} pass, {refusals.Count} are refused.\n\n");
        refusals.ForEach(refusal => text.Append(refusal).Append('\n'));
        return text.ToString();
    }

    private static async Task CompareAsync(string report)
    {
        string path = Repository.PathOf("tests/Api.Tests/Onnx/refusals.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_ONNX") == "1")
            await File.WriteAllTextAsync(path, report);
        report.ShouldBe(await File.ReadAllTextAsync(path), "UPDATE_ONNX=1 dotnet test tests/Api.Tests writes tests/Api.Tests/Onnx/refusals.txt anew.");
    }
}
