using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>The common names of NumPy, SciPy, PyTorch and JAX: each is a function here, or is rejected by name with what to write instead.</summary>
public class UsualNameTests
{
    private const int LeastKnown = 254;

    private const string Usual = """
        log2 log10 exp2 cbrt hypot logaddexp logaddexp2 sinc erfinv erfcinv ndtr ndtri log_ndtr gammaln gamma beta betaln i0 i1 xlogy xlog1py entr logit
        logsigmoid log_sigmoid expit relu6 hardtanh hard_tanh tanhshrink softmin softshrink hardshrink glu std var median quantile percentile cumprod cummax
        cummin logcumsumexp diff trapz trapezoid gradient sort argsort topk flip roll rot90 diag diagonal tril triu trilu trace outer inner kron cross
        tensordot vdot dot concat concatenate stack split squeeze unsqueeze expand_dims reshape ravel flatten tile repeat pad trunc fix rint remainder
        floor_divide heaviside copysign deg2rad rad2deg radians degrees sec csc cot inv pinv solve cholesky qr svd eigh eigvalsh eig slogdet logdet det
        matrix_power expm lstsq triangular_solve fft ifft rfft fft2 dft stft convolve correlate conv1d conv2d interp mse mse_loss huber huber_loss
        smooth_l1_loss l1_loss cross_entropy nll_loss bce binary_cross_entropy binary_cross_entropy_with_logits kl_div hinge cosine_similarity cdist
        layer_norm batch_norm dropout embedding nan_to_num nansum nanmean nanmax ptp average amax amin any all count_nonzero logical_not real imag conj angle
        einsum gather scatter index_select one_hot take where clip clamp lerp addmm bmm mm mv matvec cov corrcoef vander meshgrid linspace arange zeros ones
        eye full zeros_like ones_like bilinear max_pool avg_pool polygamma zeta erfcx polyval horner sinpi cospi square_root ln lg ceiling int frac normalize
        softmax2d logsumexp reduce_sum reducesum tr transpose T identity stop_gradient detach heaviside_step step rect tri sgn signum modulo div multiply add
        subtract divide true_divide power float_power fmax fmin max min nanmin isfinite isnan isinf select piecewise cond ifelse if sumsq rms var_mean
        std_mean rsqrt invsqrt prod product multi_dot swapaxes moveaxis permute broadcast_to expand tensorinv block_diag circshift unfold fold pixel_shuffle
        upsample interpolate resize grid_sample attention scaled_dot_product_attention multi_head_attention rnn lstm gru conv gemm rms_norm group_norm
        instance_norm
        """;

    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name));

    private static string[] All => Usual.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Names => [.. All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_known_or_refused_with_a_hint(string name)
    {
        string? refusal = Refusal(name);
        (refusal is null || refusal.Contains($"'{name}' is not supported: ")).ShouldBeTrue(refusal);
    }

    [Fact]
    public void Most_are_known() => All.Count(name => Refusal(name) is null).ShouldBeGreaterThanOrEqualTo(LeastKnown);

    [Fact]
    public void None_is_tried_twice() => All.Distinct().Count().ShouldBe(All.Length);

    // Null if the function exists, whatever its error for a single operand.
    private static string? Refusal(string name)
    {
        try
        {
            Parser.Parse($"y = {name}(x)");
            return null;
        }
        catch (GraphException exception)
        {
            return exception.Message.Contains("unknown function") || exception.Message.Contains("is not supported: ") ? exception.Message : null;
        }
    }
}
