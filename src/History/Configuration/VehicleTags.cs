using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Configuration;

/// <summary>
/// Which vehicle a tag belongs to. Both resources show it, so a change raises the version of each row that looks different
/// afterwards.
/// </summary>
internal static class VehicleTags
{
    /// <summary>Gives the tag to a vehicle, or to none.</summary>
    public static void Link(HistoryTables tables, TenantId tenant, string idTag, string? vehicle, long version)
    {
        var key = new IdTag(idTag).Key;
        var links = tables.VehicleTags.Where(row => row.TenantId == tenant.Value && row.TagKey == key);
        var before = links.Select(row => row.VehicleId).FirstOrDefault();
        if (before == vehicle)
        {
            return;
        }

        links.Delete();
        if (vehicle is not null)
        {
            tables.Insert(new VehicleTagRow { TenantId = tenant.Value, TagKey = key, IdTag = idTag, VehicleId = vehicle });
        }

        tables.Vehicles
            .Where(row => row.TenantId == tenant.Value && (row.VehicleId == before || row.VehicleId == vehicle))
            .Set(row => row.RowVersion, version)
            .Update();
        tables.Tags
            .Where(row => row.TenantId == tenant.Value && row.TagKey == key)
            .Set(row => row.RowVersion, version)
            .Update();
    }

    /// <summary>Gives the vehicle these tags and takes from it all others.</summary>
    public static void Replace(HistoryTables tables, TenantId tenant, string vehicle, IReadOnlyList<string> idTags, long version)
    {
        var keys = idTags.Select(tag => new IdTag(tag).Key).ToHashSet(StringComparer.Ordinal);
        var former = tables.VehicleTags
            .Where(row => row.TenantId == tenant.Value && row.VehicleId == vehicle)
            .Select(row => row.IdTag)
            .ToList();
        foreach (var idTag in former.Where(tag => !keys.Contains(new IdTag(tag).Key)))
        {
            Link(tables, tenant, idTag, null, version);
        }

        Add(tables, tenant, vehicle, idTags, version);
    }

    /// <summary>Gives the vehicle these tags besides those it has.</summary>
    public static void Add(HistoryTables tables, TenantId tenant, string vehicle, IReadOnlyList<string> idTags, long version)
    {
        foreach (var idTag in idTags)
        {
            Link(tables, tenant, idTag, vehicle, version);
        }
    }
}
