using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>
/// ONNX's own node tests, each as a request: it passes at the suite's tolerances, or is rejected with the name of the unsupported construct. The
/// rejections are a committed list, so that changes show in review. <c>UPDATE_ONNX=1 dotnet test tests/Api.Tests</c> rewrites it.
/// </summary>
public sealed partial class NodeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Reasons =
    [
        "the model uses unsupported constructs: ", "there is only mode avg with a positive sampling_ratio",
        "the value has shape [1], declared is [3,4]", "(Scan): its form with a batch, before opset 9, is not supported",
    ];

    public static TheoryData<string> Roots => [.. NodeSuite.Roots];

    [NodeDataTheory]
    [MemberData(nameof(Roots))]
    public async Task Every_case_passes_or_is_refused_by_name(string root)
    {
        int passed = 0;
        var faults = new List<string>();
        var refusals = new List<(string Name, string Reason)>();
        foreach (NodeCase node in NodeCase.In(root))
        {
            if (await RefusalAsync(node) is { } refusal)
            {
                refusals.Add((node.Name, refusal));
            }
            else
            {
                passed++;
            }
        }

        faults.ShouldBeEmpty();
        refusals.ShouldAllBe(refusal => Reasons.Any(refusal.Reason.Contains));
        await CompareAsync(Report(passed, refusals), NodeSuite.ReleaseOf(root).ShouldNotBeNull("which release the cases are from"));

        async Task<string?> RefusalAsync(NodeCase node)
        {
            try
            {
                EvaluationAnswer answer = await api.Api.EvaluateAsync(node.Request);
                if (!node.IsMistaken && node.Fault(answer.Outputs) is { } fault)
                {
                    faults.Add($"{node.Name}: {fault}");
                }

                return null;
            }
            catch (ApiException refused) when (refused.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                return (await refused.ProblemAsync())!.Detail;
            }
        }
    }

    // The names by unsupported construct, without their positions.
    private static string Report(int passed, List<(string Name, string Reason)> refusals)
    {
        var text = new StringBuilder($"{passed} pass, {refusals.Count} are refused.\n");
        foreach (IGrouping<string, (string Name, string Reason)> group in refusals.GroupBy(refusal => Missing(refusal.Reason)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(group.Key).Append('\n');
            foreach ((string name, _) in group)
            {
                text.Append("    ").Append(name).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Missing(string reason)
    {
        string[] parts = Place().Replace(reason, string.Empty).Replace(Reasons[0], string.Empty, StringComparison.Ordinal).Split(", ");
        return string.Join(", ", parts.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@" \((node|input|output|initializer|attribute) [^)]*\)")]
    private static partial Regex Place();

    private static async Task CompareAsync(string report, string release)
    {
        string path = Repository.PathOf($"tests/Api.Tests/Onnx/refusals-{release}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_ONNX") == "1")
        {
            await File.WriteAllTextAsync(path, report);
        }

        report.ShouldBe(await File.ReadAllTextAsync(path), "UPDATE_ONNX=1 dotnet test tests/Api.Tests writes the list anew.");
    }
}
