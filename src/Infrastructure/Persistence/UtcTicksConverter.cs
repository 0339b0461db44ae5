using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Stores times as 100-nanosecond ticks in UTC, which SQLite can compare.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset,
    long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
