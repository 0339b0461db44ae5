using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Graphs;
using Backprop.Client.Training;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Compiles runs: for a check before they are stored, and again when they are computed, perhaps by another process.</summary>
/// <param name="source">Finds graphs.</param>
/// <param name="registry">Finds registered graphs.</param>
/// <param name="executor">Runs plans.</param>
/// <param name="engine">The limits of graphs.</param>
/// <param name="options">The limits of runs.</param>
internal sealed class TrainingSubmissions(
    GraphSource source, GraphRegistry registry, HostExecutor executor, EngineLimits engine, IOptions<TrainingOptions> options)
{
    // Step, epoch and three numbers with a byte that says what follows; then validation loss, clipped norm, and three numbers per parameter.
    private const long RecordBytes = 41;
    private const long NumberBytes = 8;
    private const long ParameterBytes = 24;

    /// <summary>Checks a request in every respect, without computing a step.</summary>
    /// <exception cref="GraphException">It is not sound.</exception>
    /// <exception cref="LimitException">It exceeds a limit.</exception>
    public async Task<RunSubmission> PrepareAsync(TrainingRunRequest request, RequestBudget budget)
    {
        string path = request.GraphId is null ? "" : "graphId";
        if (request.GraphId is { } id)
        {
            RegisteredGraph found = await registry.RequireAsync(id, budget);
            GraphContract graph = CanonicalContract.Read(found.Canonical);
            request = request with { GraphId = null, Graph = graph };
        }

        SourcedGraph sourced = source.Of(request, budget.Token);
        TrainingDefinition definition = TrainingDefinitions.Of(request, sourced.Definition);
        string named = path.Length > 0 ? path : sourced.Path;
        Trainer trainer = GraphSource.Located(named, sourced.Definition, () => Compile(definition, budget.Token));
        long metrics = RequireMetrics(trainer, definition);
        byte[] stored = TrainingRequests.Write(request);
        budget.Hold(2 * trainer.StateBytes);
        TrainingState state = GraphSource.Located(named, sourced.Definition, trainer.Initial);
        return new RunSubmission(stored, state, trainer.Steps, VectorWidth.Bits, stored.Length + trainer.StateBytes + metrics);
    }

    /// <summary>Compiles a run.</summary>
    /// <exception cref="GraphException">It is not sound.</exception>
    /// <exception cref="LimitException">It exceeds a limit.</exception>
    public Trainer Compile(TrainingDefinition definition, CancellationToken cancellationToken)
    {
        var limits = new TrainingLimits
        {
            MaxSteps = options.Value.MaxSteps,
            MaxDataBytes = options.Value.MaxDataBytes,
            MaxStateBytes = options.Value.MaxStateBytes,
        };
        return Trainer.Compile(definition, executor, engine, limits, cancellationToken);
    }

    private long RequireMetrics(Trainer trainer, TrainingDefinition definition)
    {
        long each = RecordBytes + (definition.Validation is null ? 0 : NumberBytes) + (definition.Gradients.ClipNorm is null ? 0 : NumberBytes)
            + (definition.Gradients.ClipValue is null || definition.Gradients.ClipNorm is not null ? 0 : NumberBytes)
            + (definition.Record.Parameters ? ParameterBytes * trainer.Parameters.Count : 0);
        double most = options.Value.MaxMetricBytes;
        double bytes = (double)each * (1 + (trainer.Steps / definition.Record.Every));
        if (bytes > most)
        {
            double every = Math.Ceiling(trainer.Steps * (double)each / Math.Max(1, most - each));
            throw new LimitException($"{TrainingOptions.Section}:{nameof(TrainingOptions.MaxMetricBytes)}", most,
                $"{bytes:0} bytes of recorded steps; a record every {every:0} steps fits", "record.every");
        }

        return (long)bytes;
    }
}
