using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;

namespace EvCharge.History.Configuration;

/// <summary>
/// Row versions. They are drawn from one count a tenant, so that a row that is deleted and made anew never shows a version
/// that somebody still holds from before.
/// </summary>
internal static class Versioning
{
    /// <summary>Of the count.</summary>
    internal const string Name = "row-version";

    public static long NextVersion(this HistoryWrite write, TenantId tenant) => IdStatements.Reserve(write, tenant, Name, 1);

    /// <summary>Writes a row when it is at the version expected; without an expectation the last one wins.</summary>
    /// <param name="current">The version that stands, or null when there is no row.</param>
    /// <param name="insert">Inserts the row with the version it is given.</param>
    /// <param name="update">Replaces the row with the version it is given.</param>
    public static WriteResult Put(
        this HistoryWrite write, TenantId tenant, long? current, long? expected, Action<long> insert, Action<long> update)
    {
        if (expected is not null && expected != (current ?? ConfigurationStore.Absent))
        {
            return WriteResult.Conflict;
        }

        var version = write.NextVersion(tenant);
        if (current is null)
        {
            insert(version);
            return new WriteResult(WriteOutcome.Created, version);
        }

        update(version);
        return new WriteResult(WriteOutcome.Replaced, version);
    }

    /// <summary>Deletes a row when it is at the version expected.</summary>
    public static WriteResult Delete(long? current, long? expected, Action delete)
    {
        if (current is null)
        {
            return WriteResult.NotFound;
        }

        if (expected is not null && expected != current)
        {
            return WriteResult.Conflict;
        }

        delete();
        return WriteResult.Deleted;
    }
}
