namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The account that something was to be stored for is gone; nothing was stored.</summary>
public sealed class AccountDeletedException() : Exception("The account is gone.");
