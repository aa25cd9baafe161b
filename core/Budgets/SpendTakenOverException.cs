namespace ClickFuncs.Budgets;

/// <summary>Somebody else keeps the spend now. Drop the memory of it and stop; nothing was written.</summary>
public sealed class SpendTakenOverException(long token)
    : Exception($"The spend of campaigns was taken over by another owner; fencing token {token} is stale.");
