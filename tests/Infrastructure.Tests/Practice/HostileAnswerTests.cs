using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Answers to exercises that would take long or much memory, or are no programs, are refused before they cost anything.</summary>
public sealed class HostileAnswerTests
{
    private const string Derivation = "derive-l2-normalisation";
    private const string Debugging = "debug-logistic-step";

    public static TheoryData<string> Texts => new()
    {
        "ones(100000, 100000)", "dx = zeros((1000000, 1000000)) + x", "x + ones(9000)", "reshape(x, 1000000, 1000000)", "sum(ones(90000000000))", "x[:, None] * arange(0, 1e9)",
        new string('(', 1900) + "x" + new string(')', 1900), new string('-', 3000) + "x", new string('[', 1500) + "x" + new string(']', 1500), "x" + new string('[', 3000),
        string.Concat(Enumerable.Repeat("sin(", 700)) + "x" + new string(')', 700), new string('x', 4001), string.Join('+', Enumerable.Repeat("x", 3000)),
        string.Concat(Enumerable.Range(0, 40).Select(i => $"a{i} = {(i == 0 ? "ones(90, 90)" : $"a{i - 1} @ a{i - 1}")}\n")) + "x * sum(a39)",
        "y = x; " + string.Concat(Enumerable.Range(0, 200).Select(i => $"b{i} = svd(ones(80, 80), output='S')\n")) + "x * sum(b1)",
        "einsum('ij,kl,mn,op,qr->ijklmnopqr', x, x, x, x, x)", "tile(x, 100000, 100000)", "pad(x, 1000000)", "randomnormal(100000000)", "x.T.T.T @ @", "import os", "while True: x", "x = x",
        "\0", "\u202E x", "{\"nodes\":[]}", "{\"inputs\":[],\"nodes\":[],\"outputs\":[]}", "{", "{}", "x; y; z", "1e999 * x", "x if x", "dx = dy / 0n", "λ x: x", "eval('x')",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_gradient_is_no_way_to_take_the_service_down(string text)
    {
        DerivationKey key = Practising.Find(Derivation).Derivation!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Grade grade = Practising.Derivations.Grade(key, text);
        (grade as Graded)?.Score.ShouldBe(0);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(256L << 20, text[..Math.Min(40, text.Length)]);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Neither_is_a_correction(string text)
    {
        DebuggingKey key = Practising.Find(Debugging).Debugging!;
        Grade grade = Practising.Debugging.Grade(key, new SubmittedAnswer(["6", text]) { Names = ["line", "fix"] });
        (grade as Graded)?.Score.ShouldBe(0.5);
    }

    [Fact]
    public void Names_that_are_not_asked_are_refused()
    {
        DerivationKey key = Practising.Find("derive-residual-block").Derivation!;
        Practising.Derivations.Grade(key, new SubmittedAnswer(["x"]) { Names = ["dw_1"] }).ShouldBeOfType<Unreadable>().Reason.ShouldContain("did you mean 'dw1'");
        Practising.Derivations.Grade(key, new SubmittedAnswer([]) { Names = [] }).ShouldBeOfType<Unreadable>();
        Practising.Derivations.Grade(key, new SubmittedAnswer(["a", "b"], IsList: true)).ShouldBeOfType<Unreadable>();
    }

    [Fact]
    public void A_cancelled_request_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        DerivationKey key = Practising.Find(Derivation).Derivation!;
        Should.Throw<OperationCanceledException>(() => Practising.Derivations.Grade(key, "dy / n", cancelled.Token));
    }

    [Fact]
    public void What_is_unreadable_is_shown_with_its_place() => Practising.Derivations.Grade(Practising.Find(Derivation).Derivation!, "dx = dyy / n\n").ShouldBeOfType<Unreadable>()
        .Reason.ShouldSatisfyAllConditions(reason => reason.ShouldContain("did you mean 'dy'"), reason => reason.ShouldContain("^^"));

    [Fact]
    public void Shapes_that_do_not_fit_are_named_with_their_place() =>
        Practising.Derivations.Grade(Practising.Find("derive-residual-block").Derivation!, "dx = dy @ w2").ShouldBeOfType<Unreadable>()
            .Reason.ShouldSatisfyAllConditions(reason => reason.ShouldContain("dy @ w2"), reason => reason.ShouldContain("^"));
}
