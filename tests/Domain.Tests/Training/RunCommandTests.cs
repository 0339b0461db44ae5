using Backprop.Domain.Training.Runs;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

public sealed class RunCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(RunState.Queued, RunCommand.Pause, RunState.Paused, null)]
    [InlineData(RunState.Queued, RunCommand.Resume, RunState.Queued, null)]
    [InlineData(RunState.Queued, RunCommand.Cancel, RunState.Cancelled, null)]
    [InlineData(RunState.Running, RunCommand.Pause, RunState.Running, RunCommand.Pause)]
    [InlineData(RunState.Running, RunCommand.Resume, RunState.Running, null)]
    [InlineData(RunState.Running, RunCommand.Cancel, RunState.Running, RunCommand.Cancel)]
    [InlineData(RunState.Paused, RunCommand.Pause, RunState.Paused, null)]
    [InlineData(RunState.Paused, RunCommand.Resume, RunState.Queued, null)]
    [InlineData(RunState.Paused, RunCommand.Cancel, RunState.Cancelled, null)]
    [InlineData(RunState.Cancelled, RunCommand.Cancel, RunState.Cancelled, null)]
    public void A_legal_command_changes_the_state_or_waits_for_the_step(RunState state, RunCommand command, RunState after, RunCommand? pending)
    {
        TrainingRun run = Run(state).After(command, Now);
        (run.State, run.Pending).ShouldBe((after, pending));
        run.FinishedAt.ShouldBe(after == RunState.Cancelled && state != RunState.Cancelled ? Now : null);
    }

    [Fact]
    public void Every_other_command_is_refused_with_what_would_be_right()
    {
        foreach (RunState state in Enum.GetValues<RunState>().Where(state => state.IsOver()))
        {
            foreach (RunCommand command in Enum.GetValues<RunCommand>().Where(command => (state, command) != (RunState.Cancelled, RunCommand.Cancel)))
            {
                var refused = Should.Throw<TrainingRunException>(() => Run(state).After(command, Now));
                refused.Error.ShouldBe(RunError.WrongState);
                refused.Message.ShouldContain($"is {state.ToString().ToLowerInvariant()}");
                refused.Message.ShouldContain("only a");
            }
        }
    }

    [Fact]
    public void A_pause_can_be_withdrawn_but_a_cancellation_cannot()
    {
        Run(RunState.Running).After(RunCommand.Pause, Now).After(RunCommand.Resume, Now).Pending.ShouldBeNull();
        TrainingRun ending = Run(RunState.Running).After(RunCommand.Pause, Now).After(RunCommand.Cancel, Now);
        ending.Pending.ShouldBe(RunCommand.Cancel);
        Should.Throw<TrainingRunException>(() => ending.After(RunCommand.Resume, Now)).Message.ShouldContain("about to be cancelled");
        Should.Throw<TrainingRunException>(() => ending.After(RunCommand.Pause, Now));
        ending.After(RunCommand.Cancel, Now).Pending.ShouldBe(RunCommand.Cancel);
    }

    private static TrainingRun Run(RunState state) => new("r", state, 10, Now);
}
