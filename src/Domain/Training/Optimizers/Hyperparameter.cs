namespace Backprop.Domain.Training.Optimizers;

/// <summary>A hyperparameter that an optimizer has.</summary>
/// <param name="Name">Its name in a request.</param>
/// <param name="Default">Its value if none is given.</param>
/// <param name="Least">The least value.</param>
/// <param name="Below">What it must be below.</param>
public readonly record struct Hyperparameter(string Name, double Default, double Least = 0, double Below = double.PositiveInfinity)
{
    /// <summary>The name of the learning rate.</summary>
    public const string LearningRate = "learningRate";

    /// <summary>Whether a value is in its range.</summary>
    public bool Allows(double value) => double.IsFinite(value) && value >= Least && value < Below;

    /// <summary>The range in words.</summary>
    public string Range => (Least, Below) switch
    {
        (double.NegativeInfinity, _) => "a finite number",
        (_, double.PositiveInfinity) => $"a finite number of at least {Least}",
        _ => $"at least {Least} and below {Below}",
    };
}
