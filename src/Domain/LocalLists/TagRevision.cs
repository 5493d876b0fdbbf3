namespace EvCharge.Domain.LocalLists;

/// <summary>Counts the changes of a tenant's tags.</summary>
/// <param name="Changed">The last one; 0 before the first.</param>
/// <param name="Revoked">The last one that took a right away; 0 before the first.</param>
public readonly record struct TagRevision(long Changed, long Revoked);
