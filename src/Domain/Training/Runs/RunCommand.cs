namespace Backprop.Domain.Training.Runs;

/// <summary>What a client may ask of a run.</summary>
public enum RunCommand
{
    /// <summary>Keep its state and compute no further for now.</summary>
    Pause,

    /// <summary>Compute further.</summary>
    Resume,

    /// <summary>End it.</summary>
    Cancel,
}

/// <summary>
/// Which commands are legal in which state. A run that is computed follows a command between two steps, so that it is only pending until then. A
/// command that asks for what is already so changes nothing.
/// </summary>
public static class RunCommands
{
    /// <summary>The run after a command.</summary>
    /// <param name="run">The run.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="TrainingRunException">The command is not legal in the state of the run.</exception>
    public static TrainingRun After(this TrainingRun run, RunCommand command, DateTimeOffset now) => (command, run.State) switch
    {
        (RunCommand.Pause, RunState.Queued) => run with { State = RunState.Paused },
        (RunCommand.Pause, RunState.Running) when run.Pending != RunCommand.Cancel => run with { Pending = RunCommand.Pause },
        (RunCommand.Pause, RunState.Paused) => run,
        (RunCommand.Resume, RunState.Paused) => run with { State = RunState.Queued },
        (RunCommand.Resume, RunState.Running) when run.Pending != RunCommand.Cancel => run with { Pending = null },
        (RunCommand.Resume, RunState.Queued) => run,
        (RunCommand.Cancel, RunState.Queued or RunState.Paused) => run with { State = RunState.Cancelled, FinishedAt = now },
        (RunCommand.Cancel, RunState.Running) => run with { Pending = RunCommand.Cancel },
        (RunCommand.Cancel, RunState.Cancelled) => run,
        _ => throw new TrainingRunException(RunError.WrongState, Refusal(run, command)),
    };

    private static string Refusal(TrainingRun run, RunCommand command)
    {
        string state = run.IsOver ? $"is {Name(run.State)}" : "is about to be cancelled";
        string right = command switch
        {
            RunCommand.Pause => "only a queued or running run can be paused",
            RunCommand.Resume => "only a paused run can be resumed; start a new one from its parameters",
            _ => "only a queued, running or paused run can be cancelled; DELETE removes one that has ended",
        };
        return $"The run {state}: {right}.";
    }

    private static string Name(RunState state) => state.ToString().ToLowerInvariant();
}
