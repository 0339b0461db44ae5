using Backprop.Compute.Host;

namespace Backprop.Api.Platform.Limits;

/// <summary>The memory that one request holds until its response has been written: its body, the values read from it, and its results.</summary>
internal sealed class MemoryHold : IDisposable
{
    private readonly MemoryBudget budget;
    private readonly List<MemoryReservation> reservations = [];

    private MemoryHold(MemoryBudget budget) => this.budget = budget;

    /// <summary>The memory of a request, which is released after the request.</summary>
    /// <param name="context">The request.</param>
    public static MemoryHold Of(HttpContext context)
    {
        if (context.Features.Get<MemoryHold>() is { } known)
        {
            return known;
        }

        var hold = new MemoryHold(context.RequestServices.GetRequiredService<MemoryBudget>());
        context.Features.Set(hold);
        context.Response.RegisterForDispose(hold);
        return hold;
    }

    /// <summary>Reserves memory until the end of the request.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="Domain.Graphs.LimitException">It is more than all requests together may hold.</exception>
    /// <exception cref="MemoryExhaustedException">Other requests hold too much memory at present.</exception>
    public void Add(long bytes) => reservations.Add(budget.Reserve(bytes));

    /// <inheritdoc/>
    public void Dispose()
    {
        reservations.ForEach(reservation => reservation.Dispose());
        reservations.Clear();
    }
}
