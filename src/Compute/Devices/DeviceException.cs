namespace Backprop.Compute.Devices;

/// <summary>A device failed, or has no room at the moment.</summary>
/// <param name="message">What happened, for a person.</param>
/// <param name="inner">The cause, where there is one.</param>
/// <param name="isBusy">Whether the same may succeed a moment later.</param>
public sealed class DeviceException(string message, Exception? inner, bool isBusy = false) : Exception(message, inner)
{
    /// <summary>True where the same may succeed a moment later.</summary>
    public bool IsBusy => isBusy;
}
