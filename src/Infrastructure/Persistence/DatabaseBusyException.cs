using System.Data.Common;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Somebody else writes for longer than a write may wait; nothing was changed, and the same write may succeed later.</summary>
public sealed class DatabaseBusyException() : DbException("The database is busy.")
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
