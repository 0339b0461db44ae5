namespace Backprop.Compute.Devices;

/// <summary>The measured rates of a device or the host.</summary>
/// <param name="LaunchSeconds">The time of a step, however small.</param>
/// <param name="TransferSeconds">The time of a run in addition to its steps, however little is transferred.</param>
/// <param name="BytesPerSecond">The bytes that are transferred in either direction.</param>
/// <param name="ElementsPerSecond">The elements of an elementwise operation.</param>
/// <param name="FlopsPerSecond">The floating-point operations of a matrix product.</param>
public sealed record Calibration(double LaunchSeconds, double TransferSeconds, double BytesPerSecond, double ElementsPerSecond,
    double FlopsPerSecond);
