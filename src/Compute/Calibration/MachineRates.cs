namespace Backprop.Compute.Calibration;

/// <summary>The measured rates by which a device or the host is chosen for a graph.</summary>
/// <param name="LaunchSeconds">The time of a step, however small.</param>
/// <param name="TransferSeconds">The time of a run in addition to its steps, however little is transferred.</param>
/// <param name="BytesPerSecond">The bytes that are transferred in either direction.</param>
/// <param name="ElementsPerSecond">The elements of an elementwise operation.</param>
/// <param name="FlopsPerSecond">The floating-point operations of a matrix product.</param>
public sealed record MachineRates(double LaunchSeconds, double TransferSeconds, double BytesPerSecond, double ElementsPerSecond,
    double FlopsPerSecond);
