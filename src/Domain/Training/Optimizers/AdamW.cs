namespace Backprop.Domain.Training.Optimizers;

/// <summary>
/// Adam with decoupled weight decay, θ −= ηλθ. Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019), as
/// <c>torch.optim.AdamW</c>.
/// </summary>
internal static class AdamW
{
    public static OptimizerRow Row { get; } = new(OptimizerName.AdamW, "adamW", Adam.Hyperparameters(0.01), given =>
    [
        Adam.Scaling(given),
        .. GradientTransformation.AddDecayedWeights(given["weightDecay"]),
    ]);
}
