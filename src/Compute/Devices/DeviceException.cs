namespace Backprop.Compute.Devices;

/// <summary>A device failed, or has no room at the moment.</summary>
/// <param name="message">What happened, for a person.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class DeviceException(string message, Exception? inner) : Exception(message, inner);
