using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>The results of disconnecting.</summary>
/// <param name="Name">The case.</param>
/// <param name="Answer">The answer, if it came before the client disconnected.</param>
/// <param name="Stopped">The time from disconnecting until the service was idle, if it had not answered before.</param>
/// <param name="Worked">The processor time in between, which does not depend on other work of the machine.</param>
internal sealed record CancellationFigures(string Name, RawResponse? Answer, TimeSpan? Stopped, TimeSpan Worked)
{
    public double Milliseconds => Stopped?.TotalMilliseconds ?? 0;

    public override string ToString() => Answer is null
        ? $"{Name} ran for another {Milliseconds / 1000:0.0} s, {Worked.TotalSeconds:0.0} s on processors"
        : $"{Name}: {Answer.Status} {Answer.Text}";
}
