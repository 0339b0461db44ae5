using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations;

/// <summary>The 2-norm of all gradients of a query together, and clipping by it.</summary>
public static class GradientNorm
{
    /// <summary>The ε of <c>torch.nn.utils.clip_grad_norm_</c>.</summary>
    private const double ClipEpsilon = 1e-6;

    // Scaled by this, the norm of 2^31 elements of half the greatest number is still in range.
    private const double SmallMultiple = 1.0 / (1 << 20);

    /// <summary>The origin of the nodes of the norm and of clipping.</summary>
    public static Origin Origin { get; } = new("gradientNorm", Pass: Pass.Backward);

    /// <summary>The norm of norms, combined in pairs to keep rounding small.</summary>
    public static Node Of(GraphBuilder b, Node[] gradients, DType dtype)
    {
        Node[] norms = [.. gradients.Select(g => b.Cast(b.Norm(g, ReductionBuilding.AllAxes(g), false), dtype))];
        while (norms.Length > 1)
        {
            norms = [.. norms.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : b.Hypot(pair[0], pair[1]))];
        }

        return norms.Length == 0 ? b.Scalar(0, dtype) : norms[0];
    }

    /// <summary>
    /// g·limit/norm if the norm is larger than the limit. If the norm exceeds the range of the type, it is computed from small multiples, so that
    /// finite gradients do not become 0.
    /// </summary>
    public static Node[] Clipped(GraphBuilder b, Node[] gradients, Node norm, double limit)
    {
        Node one = b.Scalar(1, norm.DType), bound = b.Scalar(limit, norm.DType), small = b.Scalar(SmallMultiple, norm.DType);
        Node isBeyond = b.Equal(norm, b.Scalar(double.PositiveInfinity, norm.DType)), divisor = b.Plus(norm, ClipEpsilon),
            isLarge = b.Not(b.LessOrEqual(divisor, bound));
        Node multiple = b.Where(isBeyond, small, one);
        Node of = b.Where(isBeyond, Of(b, [.. gradients.Select(g => b.Times(g, SmallMultiple))], norm.DType), b.Where(isLarge, divisor, one));
        Node to = b.Where(isLarge, bound, one);
        return [.. gradients.Select(g => b.Mul(b.Div(b.Mul(g, b.Cast(multiple, g.DType)), b.Cast(of, g.DType)), b.Cast(to, g.DType)))];
    }
}
