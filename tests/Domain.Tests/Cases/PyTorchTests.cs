using Xunit;

namespace Backprop.Domain.Tests.Cases;

/// <summary>PyTorch's results: values and gradients of every operator that it has, and of a few models (written by make_cases.py).</summary>
public class PyTorchTests
{
    private static readonly Dictionary<string, Case> Cases = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.jsonl")
        .SelectMany(Case.Read)
        .ToDictionary(one => one.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_engine_gives_the_same_numbers(string name) => Cases[name].Replay();
}
