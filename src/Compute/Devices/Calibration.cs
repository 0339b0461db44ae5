namespace Backprop.Compute.Devices;

/// <summary>What a device, or the host, was measured to do.</summary>
/// <param name="LaunchSeconds">The time of a step, however small.</param>
/// <param name="TransferSeconds">The time of a run beside its steps, however little goes up and down.</param>
/// <param name="BytesPerSecond">The bytes that go up or down.</param>
/// <param name="ElementsPerSecond">The elements of an elementwise operation.</param>
/// <param name="FlopsPerSecond">The floating-point operations of a matrix product.</param>
public sealed record Calibration(double LaunchSeconds, double TransferSeconds, double BytesPerSecond, double ElementsPerSecond,
    double FlopsPerSecond);
