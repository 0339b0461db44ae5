namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The account that data were to be stored for was deleted; nothing was stored.</summary>
public sealed class AccountDeletedException() : Exception("The account was deleted.");
