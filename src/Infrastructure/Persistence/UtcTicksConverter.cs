using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Times as the 100-nanosecond ticks of UTC, which SQLite can compare.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset,
    long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
