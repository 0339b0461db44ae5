using Microsoft.AspNetCore.Identity;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>An account. The e-mail address is also the user name.</summary>
public sealed class Learner : IdentityUser
{
    /// <summary>When it was registered, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
