namespace Backprop.Compute.Devices;

/// <summary>A device failed, or has no room at the moment.</summary>
/// <param name="message">What happened, in words for the user.</param>
/// <param name="inner">The cause, if there is one.</param>
/// <param name="isBusy">Whether a retry may succeed a moment later.</param>
public sealed class DeviceException(string message, Exception? inner, bool isBusy = false) : Exception(message, inner)
{
    /// <summary>True if a retry may succeed a moment later.</summary>
    public bool IsBusy => isBusy;
}
