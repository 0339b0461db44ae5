using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs per token against counts of every multiplication.</summary>
public class TransformerFlopsTests
{
    private static readonly TransformerConfiguration Small = Setups.Llama(3, 8, 4, 20, context: 6) with { KeyValueHeads = 2, HeadDimension = 2, Vocabulary = 11 };

    [Fact]
    public void Every_multiplication_of_a_small_model()
    {
        // Per layer: q 8·8, k and v 8·4 each, output 8·8, three feed-forward matrices of 8·20; scores and values 4 heads · 6 tokens · 2 each.
        double multiplications = (3 * ((8 * 8) + (2 * 8 * 4) + (8 * 8) + (3 * 8 * 20) + (2 * 4 * 6 * 2))) + (8 * 11);
        TransformerFlops.PerToken(Small, 6, AttentionCount.Full).Forward.ShouldBe(2 * multiplications);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    public void Exact_causal_attention_counts_the_pairs_that_are_seen(long window)
    {
        long pairs = 0;
        for (int query = 0; query < 6; query++)
        {
            for (int key = 0; key <= query; key++)
            {
                pairs += window == 0 || query - key < window ? 1 : 0;
            }
        }

        TransformerConfiguration model = Small with { SlidingWindow = window, SlidingLayers = window == 0 ? 0 : 3 };
        double scores = TransformerFlops.PerToken(model, 6, AttentionCount.CausalExact).Scores;
        (scores * 6).ShouldBe(3 * 2 * 2 * 8 * pairs, 1e-9);
    }

    [Theory]
    [InlineData(AttentionCount.Full, 12)]
    [InlineData(AttentionCount.Causal, 6)]
    [InlineData(AttentionCount.CausalFlash, 7)]
    public void Conventions_of_training(AttentionCount count, double factor)
    {
        TransformerConfiguration model = Setups.Model("gpt3-175b");
        TransformerFlops token = TransformerFlops.PerToken(model, 2048, count);
        (token.Scores * (1 + count.BackwardFactor())).ShouldBe(factor * 96 * 12288 * 2048);
    }

    [Fact]
    public void Windows_of_some_layers_alone()
    {
        TransformerConfiguration model = Small with { SlidingWindow = 2, SlidingLayers = 1 };
        TransformerFlops.Spans(model, 6, AttentionCount.Full).ShouldBe(2 + 6 + 6);
    }

    [Fact]
    public void Grouped_heads_shrink_projections_and_not_scores()
    {
        TransformerFlops grouped = TransformerFlops.PerToken(Small, 6, AttentionCount.Full);
        TransformerFlops plain = TransformerFlops.PerToken(Small with { KeyValueHeads = 4 }, 6, AttentionCount.Full);
        grouped.Scores.ShouldBe(plain.Scores);
        (plain.Projections - grouped.Projections).ShouldBe(2.0 * 3 * 2 * 8 * 4);
    }

    [Fact]
    public void Tying_changes_parameters_and_not_logits()
    {
        TransformerConfiguration tied = Small with { Tied = true };
        TransformerFlops.PerToken(tied, 6, AttentionCount.Full).Logits.ShouldBe(TransformerFlops.PerToken(Small, 6, AttentionCount.Full).Logits);
        (ParameterCount.Of(Small).Total - ParameterCount.Of(tied).Total).ShouldBe(8 * 11);
    }

    [Fact]
    public void A_token_meets_the_experts_that_it_goes_to()
    {
        TransformerConfiguration model = Small with { Experts = new ExpertMixture(16, 2, 1, 1, 50, true) };
        TransformerFlops token = TransformerFlops.PerToken(model, 6, AttentionCount.Full);
        token.FeedForward.ShouldBe(2 * 3 * 8.0 * ((1 * 50) + (2 * 3 * 20)));
        token.Router.ShouldBe(2 * 2 * 8.0 * 16);
        ParameterCount count = ParameterCount.Of(model);
        count.FeedForward.ShouldBe((3 * 8 * 50) + (2 * 17 * 3 * 8 * 20));
        count.Router.ShouldBe(2 * 16 * (8 + 1));
        count.Idle.ShouldBe(2 * 14 * 3 * 8 * 20);
    }

    [Fact]
    public void Latent_attention_multiplies_its_factors()
    {
        TransformerConfiguration model = Setups.Model("deepseek-v3");
        double weights = (7168.0 * 1536) + (1536.0 * 128 * 192) + (7168.0 * 576) + (512.0 * 128 * 256) + (128.0 * 128 * 7168);
        TransformerFlops token = TransformerFlops.PerToken(model, 4096, AttentionCount.Full);
        token.Projections.ShouldBe(2 * 61 * weights);
        token.Scores.ShouldBe(2 * 61 * 4096.0 * 128 * (192 + 128));
    }

    [Fact]
    public void The_backward_pass_of_products_is_twice_the_forward_pass()
    {
        StepWork work = StepWork.Of(Setups.Step(Setups.Model("llama-2-7b")));
        (work.Backward / work.Forward).ShouldBe(2, 1e-12);
    }

    [Fact]
    public void Parts_add_up_everywhere()
    {
        foreach (CataloguedModel model in ModelCatalogue.All)
        {
            StepWork work = StepWork.Of(Setups.Step(model.Configuration, 4));
            work.Parts.Sum(part => part.Forward).ShouldBe(work.Forward, 1e-12 * work.Forward, model.Id);
            work.Parts.Sum(part => part.Backward).ShouldBe(work.Backward, 1e-12 * work.Backward, model.Id);
        }
    }

    [Fact]
    public void The_formulas_of_megatron_are_the_count()
    {
        StepSetup setup = Setups.Step(Setups.Gpt(96, 12288, 96), 64);
        LiteratureFormula[] formulas = [.. LiteratureFormulas.Of(setup)];
        formulas.Single(formula => formula.Name.StartsWith("72BLsh²(1 + s/6h + V/12Lh)", StringComparison.Ordinal)).RelativeDifference.ShouldBe(0, 1e-12);
        formulas.Single(formula => formula.Name.StartsWith("96B", StringComparison.Ordinal)).RelativeDifference.ShouldBe(0, 1e-12);
        formulas.Single(formula => formula.Name.Contains("s/18h")).RelativeDifference.ShouldBe(0, 1e-12);
        formulas.Single(formula => formula.Name.Contains("eq. 8")).RelativeDifference.ShouldBeGreaterThan(0.01);
    }
}
