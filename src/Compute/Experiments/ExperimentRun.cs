using Backprop.Compute.Engine;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>A run of an experiment: the values of its parameters, its random numbers, and the engine that computes it.</summary>
public sealed class ExperimentRun
{
    private readonly Experiment experiment;
    private readonly Dictionary<string, ScalarValue> values;

    /// <summary>Creates a run; parameters without a value have their default.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="given">Values of parameters.</param>
    /// <param name="seed">The seed of its random numbers.</param>
    /// <param name="engine">What computes.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or it does not take its value.</exception>
    public ExperimentRun(
        Experiment experiment, IReadOnlyDictionary<string, ScalarValue> given, long seed, DerivativeEngine engine,
        CancellationToken cancellationToken)
    {
        (this.experiment, Seed, Engine, CancellationToken) = (experiment, seed, engine, cancellationToken);
        values = new(experiment.Defaults, StringComparer.Ordinal);
        foreach ((string name, ScalarValue value) in given)
        {
            ExperimentParameter parameter = experiment.Parameters.FirstOrDefault(known => known.Name == name)
                ?? throw new ArgumentException($"{experiment.Name} has no parameter {name}.", nameof(given));
            values[name] = parameter.Fault(value) is { } fault ? throw new ArgumentException(fault, nameof(given)) : value;
        }
    }

    /// <summary>The value of every parameter.</summary>
    public IReadOnlyDictionary<string, ScalarValue> Values => values;

    /// <summary>The seed of its random numbers.</summary>
    public long Seed { get; }

    /// <summary>What computes.</summary>
    public DerivativeEngine Engine { get; }

    /// <summary>Ends the run.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Runs the experiment.</summary>
    /// <exception cref="Domain.Graphs.LimitException">It would exceed a limit of the engine.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExperimentResult Compute() => experiment.Compute(this);

    /// <summary>The value of a numeric parameter.</summary>
    internal double Number(string name) => values[name].Number!.Value;

    /// <summary>The value of a whole parameter.</summary>
    internal int Integer(string name) => (int)Number(name);

    /// <summary>The value of a Boolean parameter.</summary>
    internal bool Flag(string name) => values[name].Flag!.Value;

    /// <summary>The value of a choice.</summary>
    internal string Choice(string name) => values[name].Text!;

    /// <summary>The random numbers for one purpose; those for other purposes are independent.</summary>
    internal SeededGenerator Generator(string purpose) => SeededGenerator.For(Seed, $"{experiment.Name}/{purpose}");
}
