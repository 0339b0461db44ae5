namespace Backprop.Domain.Training;

/// <summary>An optimizer of <c>torch.optim</c>.</summary>
public enum OptimizerName
{
    /// <summary>Stochastic gradient descent, with or without (Nesterov) momentum.</summary>
    Sgd,

    /// <summary>Duchi, Hazan and Singer (2011).</summary>
    Adagrad,

    /// <summary>Hinton's lecture 6e (2012), with or without momentum, centred or not.</summary>
    RmsProp,

    /// <summary>Kingma and Ba (2015); weight decay adds to the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter (2019); weight decay is decoupled.</summary>
    AdamW,

    /// <summary>Chen et al. (2023).</summary>
    Lion,
}

/// <summary>An optimizer and its hyperparameters; null for PyTorch's default.</summary>
/// <param name="Name">The optimizer.</param>
public sealed record OptimizerOptions(OptimizerName Name)
{
    /// <summary>The learning rate.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The decay of the average of gradients.</summary>
    public double? Beta1 { get; init; }

    /// <summary>The decay of the average of squared gradients (of Lion's momentum).</summary>
    public double? Beta2 { get; init; }

    /// <summary>What is added to a denominator.</summary>
    public double? Epsilon { get; init; }

    /// <summary>The factor of weight decay.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The momentum of SGD and RMSprop.</summary>
    public double? Momentum { get; init; }

    /// <summary>The dampening of SGD's momentum.</summary>
    public double? Dampening { get; init; }

    /// <summary>Whether SGD's momentum is Nesterov's.</summary>
    public bool? Nesterov { get; init; }

    /// <summary>The decay of RMSprop's average.</summary>
    public double? Alpha { get; init; }

    /// <summary>Whether RMSprop is centred.</summary>
    public bool? Centered { get; init; }

    /// <summary>The decay of Adagrad's learning rate.</summary>
    public double? Decay { get; init; }
}
