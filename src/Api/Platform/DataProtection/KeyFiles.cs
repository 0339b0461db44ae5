using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Win32.SafeHandles;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>
/// The key ring as a folder with one XML file per key. A file is written atomically, even if the power fails, and only the service's user can read
/// it. A file that is not valid XML is skipped with a warning: the keys in the others still work.
/// </summary>
/// <param name="folder">The folder, which must exist.</param>
/// <param name="logger">Logs unreadable files.</param>
internal sealed partial class KeyFiles(string folder, ILogger logger) : IXmlRepository
{
    private const string Extension = ".xml";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Read).OfType<XElement>()];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        bool isName = friendlyName.Length > 0 && friendlyName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        string name = isName ? friendlyName : Guid.NewGuid().ToString();
        string path = Path.Combine(folder, name + Extension);
        string unfinished = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream file = PrivateFiles.Open(unfinished, FileMode.CreateNew, FileShare.None))
            {
                element.Save(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
            FlushFolder();
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private XElement? Read(string path)
    {
        try
        {
            PrivateFiles.Restrict(path);
            return XElement.Load(path);
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Skipped the unreadable key file {Path} ({Reason}): everything protected by its key is lost", path,
                exception.Message);
            return null;
        }
    }

    // The directory entry is durable only once the folder is flushed. .NET cannot open folders.
    private void FlushFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(folder, 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
