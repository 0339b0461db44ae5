namespace Backprop.Hostile.Tests.Service;

/// <summary>Polls the memory of a service, and kills the service before it exhausts the machine's.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const int MostOfLimit = 4;
    private readonly ServiceProcess _service;
    private readonly Thread _thread;
    private volatile bool _over;

    public MemoryWatch(ServiceProcess service)
    {
        _service = service;
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The peak seen.</summary>
    public long MostBytes { get; private set; }

    public void Dispose()
    {
        _over = true;
        _thread.Join();
    }

    private void Watch()
    {
        for (; !_over && !_service.HasExited; Thread.Sleep(20))
        {
            try
            {
                MostBytes = Math.Max(MostBytes, _service.Usage.ResidentBytes);
            }
            catch (IOException)
            {
                return; // It has just ended.
            }

            if (MostBytes > MostOfLimit * Settings.MemoryBytes)
            {
                _service.Kill();
            }
        }
    }
}
