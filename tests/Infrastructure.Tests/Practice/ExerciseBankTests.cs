using Backprop.Domain.Practice.Questions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>What the exercises of the bank cover, and that no size hides a mistake.</summary>
public sealed class ExerciseBankTests
{
    private const double LeastOfALevel = 0.2;
    private const int LeastMistakes = 2;

    private static readonly Question[] Derivations = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Derivation)];
    private static readonly Question[] Debugging = [.. Practising.Bank.Where(question => question.Kind == QuestionFormat.Debugging)];

    public static TheoryData<string> DerivationIds => [.. Derivations.Select(question => question.Id)];

    public static TheoryData<string> DebuggingIds => [.. Debugging.Select(question => question.Id)];

    public static TheoryData<string> Ids => [.. Derivations.Concat(Debugging).Select(question => question.Id)];

    [Fact]
    public void There_are_enough_exercises_of_each_level()
    {
        Derivations.Length.ShouldBeGreaterThanOrEqualTo(40);
        Debugging.Length.ShouldBeGreaterThanOrEqualTo(15);
        foreach (Question[] kind in (Question[][])[Derivations, Debugging])
        {
            foreach (DifficultyLevel level in Enum.GetValues<DifficultyLevel>())
            {
                kind.Count(question => question.Difficulty == level).ShouldBeGreaterThanOrEqualTo((int)(LeastOfALevel * kind.Length), level.ToString());
            }
        }
    }

    [Theory]
    [InlineData("matmul")]
    [InlineData("dense layer")]
    [InlineData("bmm")]
    [InlineData("broadcasting")]
    [InlineData("MSE")]
    [InlineData("sigmoid")]
    [InlineData("hyperbolic tangent")]
    [InlineData("ReLU")]
    [InlineData("leaky ReLU")]
    [InlineData("softplus")]
    [InlineData("GELU")]
    [InlineData("SiLU")]
    [InlineData("SwiGLU")]
    [InlineData("softmax Jacobian")]
    [InlineData("log-softmax")]
    [InlineData("softmax cross-entropy")]
    [InlineData("label smoothing")]
    [InlineData("BCE with logits")]
    [InlineData("log-sum-exp")]
    [InlineData("LayerNorm")]
    [InlineData("RMSNorm")]
    [InlineData("BatchNorm")]
    [InlineData("GroupNorm")]
    [InlineData("InstanceNorm")]
    [InlineData("self-attention")]
    [InlineData("causal mask")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("BPTT")]
    [InlineData("embedding")]
    [InlineData("max-pooling")]
    [InlineData("1D convolution")]
    [InlineData("1x1 convolution")]
    [InlineData("outer product")]
    [InlineData("quadratic form")]
    [InlineData("Frobenius norm")]
    [InlineData("cosine similarity")]
    [InlineData("residual block")]
    [InlineData("dropout")]
    [InlineData("HVP")]
    [InlineData("weight decay")]
    [InlineData("Huber loss")]
    [InlineData("KL divergence")]
    [InlineData("InfoNCE")]
    [InlineData("temperature")]
    [InlineData("LoRA")]
    [InlineData("gating")]
    [InlineData("focal loss")]
    [InlineData("hinge loss")]
    public void A_subject_has_a_derivation(string subject) => Derivations.ShouldContain(question => Has(question, subject));

    [Theory]
    [InlineData("fan-out")]
    [InlineData("transpose")]
    [InlineData("swapped operands")]
    [InlineData("zero_grad")]
    [InlineData("detach")]
    [InlineData("broadcasting")]
    [InlineData("bias gradient")]
    [InlineData("mean reduction")]
    [InlineData("softmax Jacobian")]
    [InlineData("layer norm")]
    [InlineData("sign of the update")]
    [InlineData("unscale")]
    [InlineData("bias correction")]
    [InlineData("momentum")]
    [InlineData("dropout")]
    [InlineData("scale factor")]
    [InlineData("overwritten")]
    [InlineData("AdamW")]
    [InlineData("gradient accumulation")]
    [InlineData("global norm")]
    public void A_fault_has_a_debugging_exercise(string fault) => Debugging.ShouldContain(question => Has(question, fault));

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_exercise_teaches(string id)
    {
        Question question = Practising.Find(id);
        question.Companies.ShouldBeEmpty();
        question.Hints.Count.ShouldBe(2);
        question.Explanation.Any(char.IsAsciiDigit).ShouldBeTrue("An explanation has an example with numbers.");
        string[] feedback =
        [
            .. (question.Derivation?.Asked ?? []).SelectMany(asked => asked.Mistakes).Select(mistake => mistake.Feedback),
            .. (question.Debugging?.Mistakes ?? []).Select(mistake => mistake.Feedback),
        ];
        feedback.Length.ShouldBeGreaterThanOrEqualTo(LeastMistakes);
        feedback.ShouldAllBe(text => text.EndsWith('.') || text.EndsWith('?'));
    }

    [Theory]
    [MemberData(nameof(DerivationIds))]
    public void A_prompt_names_the_upstream_gradients(string id)
    {
        Question question = Practising.Find(id);
        foreach (string name in question.Derivation!.Cotangents.Values)
        {
            question.Prompt.ShouldContain($"`{name}`");
        }
    }

    [Theory]
    [MemberData(nameof(DerivationIds))]
    public void No_size_of_a_derivation_hides_a_mistake(string id)
    {
        DerivationKey key = Practising.Find(id).Derivation!;
        foreach (DerivationKey single in key.Sizes.Select(sizes => key with { Sizes = [sizes] }))
        {
            Practising.Derivations.Faults(single).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(DebuggingIds))]
    public void No_size_of_a_debugging_exercise_hides_a_mistake(string id)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        foreach (DebuggingKey single in key.Sizes.Select(sizes => key with { Sizes = [sizes] }))
        {
            Practising.Debugging.Faults(single).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(DerivationIds))]
    public void Each_mistake_of_a_gradient_has_feedback_of_its_own(string id) =>
        Practising.Find(id).Derivation!.Asked.ShouldAllBe(asked => asked.Mistakes.DistinctBy(mistake => mistake.Feedback).Count() == asked.Mistakes.Count);

    [Theory]
    [MemberData(nameof(DebuggingIds))]
    public void Feedback_tells_a_right_line_from_a_wrong_fix(string id)
    {
        DebuggingKey key = Practising.Find(id).Debugging!;
        foreach (DebuggingMistake mistake in key.Mistakes)
        {
            mistake.Feedback.StartsWith("The line is right, the fix is not", StringComparison.Ordinal).ShouldBe(mistake.Line == key.Line, mistake.Feedback);
            mistake.Feedback.StartsWith($"Line {mistake.Line} ", StringComparison.Ordinal).ShouldBe(mistake.Line != key.Line, mistake.Feedback);
            (mistake.Fix is null).ShouldBe(mistake.Line != key.Line);
        }
    }

    private static bool Has(Question question, string words) => question.Keywords.Append(question.Title).Append(question.Prompt)
        .Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
