namespace Backprop.Domain.Training;

/// <summary>An initializer of <c>torch.nn.init</c>.</summary>
public enum InitializerName
{
    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>A value.</summary>
    Constant,

    /// <summary>Uniform in [low, high).</summary>
    Uniform,

    /// <summary>Normal with a mean and a standard deviation.</summary>
    Normal,

    /// <summary>Glorot and Bengio (2010), uniform.</summary>
    XavierUniform,

    /// <summary>Glorot and Bengio (2010), normal.</summary>
    XavierNormal,

    /// <summary>He et al. (2015), uniform.</summary>
    HeUniform,

    /// <summary>He et al. (2015), normal.</summary>
    HeNormal,

    /// <summary>LeCun et al. (1998), normal.</summary>
    LecunNormal,

    /// <summary>Saxe, McClelland and Ganguli (2014).</summary>
    Orthogonal,
}

/// <summary>Which axes of a weight count as its inputs.</summary>
public enum FanLayout
{
    /// <summary>[in, out], as MatMul takes it.</summary>
    InOut,

    /// <summary>[out, in, …], as Conv and PyTorch's Linear take it.</summary>
    OutIn,
}

/// <summary>How an initial value is drawn.</summary>
/// <param name="Name">The initializer.</param>
/// <param name="Shape">The shape of the parameter; null if the graph declares it.</param>
public sealed record InitializerOptions(InitializerName Name, IReadOnlyList<int>? Shape = null)
{
    /// <summary>The factor of the standard deviation.</summary>
    public double? Gain { get; init; }

    /// <summary>Which axes are inputs.</summary>
    public FanLayout? Fan { get; init; }

    /// <summary>The value of a constant.</summary>
    public double? Value { get; init; }

    /// <summary>The mean.</summary>
    public double? Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    public double? Std { get; init; }

    /// <summary>The lower bound.</summary>
    public double? Low { get; init; }

    /// <summary>The upper bound.</summary>
    public double? High { get; init; }
}
