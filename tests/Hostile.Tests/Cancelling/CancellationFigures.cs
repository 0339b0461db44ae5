using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>What came of hanging up.</summary>
/// <param name="Name">The case.</param>
/// <param name="Answer">The answer, where it came before the client hung up.</param>
/// <param name="Stopped">The time from hanging up until the service did nothing, where it had not answered before.</param>
/// <param name="Worked">The processor time that it took in between, which does not depend on what else the machine does.</param>
internal sealed record CancellationFigures(string Name, RawResponse? Answer, TimeSpan? Stopped, TimeSpan Worked)
{
    public double Milliseconds => Stopped?.TotalMilliseconds ?? 0;

    public override string ToString() => Answer is null
        ? $"{Name} ran for another {Milliseconds / 1000:0.0} s, {Worked.TotalSeconds:0.0} s on processors"
        : $"{Name}: {Answer.Status} {Answer.Text}";
}
