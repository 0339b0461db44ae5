using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>A training run, compiled: forward pass, backward pass, clipping and update are one plan. Immutable; safe for concurrent use.</summary>
public sealed class Trainer
{
    /// <summary>The steps of the whole run.</summary>
    public long Steps => throw new NotImplementedException();

    /// <summary>The steps of an epoch.</summary>
    public long StepsPerEpoch => throw new NotImplementedException();

    /// <summary>The names of the parameters, in their order.</summary>
    public IReadOnlyList<string> Parameters => throw new NotImplementedException();

    /// <summary>The bytes of a state.</summary>
    public long StateBytes => throw new NotImplementedException();

    /// <summary>The bytes that a loop holds: data, states and the working memory of a step.</summary>
    public long LoopBytes => throw new NotImplementedException();

    /// <summary>The processor's vector width in bits, which decides the bits of results.</summary>
    public int VectorBits => throw new NotImplementedException();

    /// <summary>Validates and compiles a run; limits are checked before anything is allocated.</summary>
    /// <exception cref="GraphException">The definition is not sound; the path is that of the member in the request.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public static Trainer Compile(TrainingDefinition definition, HostExecutor executor, EngineLimits limits, TrainingLimits training,
        CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The state before the first step.</summary>
    public TrainingState Initial() => throw new NotImplementedException();

    /// <summary>A loop that continues from a state.</summary>
    public TrainingLoop Continue(TrainingState state) => throw new NotImplementedException();
}
