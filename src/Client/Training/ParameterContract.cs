using System.Text.Json.Serialization;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Training;

/// <summary>The initial value of a parameter: a value, or an object with <c>initializer</c> that says how it is drawn.</summary>
[JsonConverter(typeof(ParameterConverter))]
public sealed record ParameterContract
{
    /// <summary>The value; null if it is drawn.</summary>
    public TensorValue? Value { get; init; }

    /// <summary>How it is drawn; null if it is given.</summary>
    public InitializerContract? Drawn { get; init; }

    /// <summary>A parameter that starts at a value.</summary>
    public static implicit operator ParameterContract(TensorValue value) => new() { Value = value };

    /// <summary>A parameter that is drawn.</summary>
    public static implicit operator ParameterContract(InitializerContract drawn) => new() { Drawn = drawn };
}

/// <summary>How an initial value is drawn; what is not given has PyTorch's default.</summary>
public sealed record InitializerContract
{
    /// <summary>The distribution.</summary>
    public required InitializerChoice Initializer { get; init; }

    /// <summary>The shape. Default: the one that the graph declares.</summary>
    public IReadOnlyList<long>? Shape { get; init; }

    /// <summary>The factor of the standard deviation: √2 suits ReLU, 5/3 tanh. Default: 1, for He √2.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Gain { get; init; }

    /// <summary>Which axes of the weight are its inputs. Default: <c>inOut</c>, for more than two axes <c>outIn</c>.</summary>
    public FanChoice? Fan { get; init; }

    /// <summary>The value of <c>constant</c>.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Value { get; init; }

    /// <summary>The mean of <c>normal</c>. Default: 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Mean { get; init; }

    /// <summary>The standard deviation of <c>normal</c>. Default: 1.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Std { get; init; }

    /// <summary>The lower bound of <c>uniform</c>. Default: 0.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? Low { get; init; }

    /// <summary>The upper bound of <c>uniform</c>. Default: 1.</summary>
    [JsonConverter(typeof(FiniteNumberConverter))]
    public double? High { get; init; }
}

/// <summary>An initializer, as <c>torch.nn.init</c> defines it.</summary>
public enum InitializerChoice
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

/// <summary>Which axes of a weight are its inputs.</summary>
public enum FanChoice
{
    /// <summary>[in, out], as MatMul takes it.</summary>
    InOut,

    /// <summary>[out, in, …], as Conv and PyTorch's Linear take it.</summary>
    OutIn,
}
