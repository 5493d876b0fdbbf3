using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<TagConfiguration>?> Tag(TenantId tenant, IdTag tag)
    {
        var key = tag.Key;
        return engine.Read(async tables =>
        {
            (string, object?)[] parameters = [("tenant", tenant.Value), ("tag", key)];
            if (await tables.Ask<TagRow>(ConfigurationQueries.Tag, parameters) is not [var row])
            {
                return null;
            }

            var links = await tables.Ask<VehicleTagRow>(ConfigurationQueries.VehicleOfTag, parameters);
            return Read(new TagWithVehicle(row, links.FirstOrDefault()?.VehicleId));
        });
    }

    /// <summary>Tags by key (upper-cased), those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<TagConfiguration>>> Tags(TenantId tenant, string? after, int limit)
    {
        var last = new IdTag(after ?? "").Key;
        return engine.Read<IReadOnlyList<Versioned<TagConfiguration>>>(async tables =>
        {
            var page = tables.Tags
                .Where(row => row.TenantId == tenant.Value && row.TagKey.IsAfter(last))
                .OrderBy(row => row.TagKey)
                .Take(limit);
            var rows = await WithVehicle(tables, tenant, page).OrderBy(row => row.Tag.TagKey).ToListAsync();
            return [.. rows.Select(Read)];
        });
    }

    /// <summary>
    /// Puts a tag. A vehicle named here is the tag's only one from now on. None named takes the tag from its vehicle, unless
    /// the tag is new: then a vehicle that listed it before keeps it.
    /// </summary>
    public Task<WriteResult> PutTag(TenantId tenant, TagConfiguration tag, long? expected) => Change(tenant, write =>
    {
        return write.Put(
            tenant,
            VersionOfTag(write.Tables, tenant, new IdTag(tag.IdTag).Key),
            expected,
            version =>
            {
                write.Tables.Insert(RowOf(tenant, tag, version));
                if (tag.Vehicle is not null)
                {
                    VehicleTags.Link(write.Tables, tenant, tag.IdTag, tag.Vehicle, version);
                }
            },
            version =>
            {
                write.Tables.Update(RowOf(tenant, tag, version));
                VehicleTags.Link(write.Tables, tenant, tag.IdTag, tag.Vehicle, version);
            });
    });

    public Task<WriteResult> DeleteTag(TenantId tenant, IdTag tag, long? expected) => Change(tenant, write =>
    {
        var key = tag.Key;
        return Versioning.Delete(VersionOfTag(write.Tables, tenant, key), expected, () =>
        {
            VehicleTags.Link(write.Tables, tenant, tag.Value, null, write.NextVersion(tenant));
            write.Tables.Tags.Delete(row => row.TenantId == tenant.Value && row.TagKey == key);
        });
    });

    private static TagRow RowOf(TenantId tenant, TagConfiguration tag, long version) => new()
    {
        TenantId = tenant.Value,
        TagKey = new IdTag(tag.IdTag).Key,
        IdTag = tag.IdTag,
        Status = tag.Status,
        Expiry = tag.Expiry,
        Parent = tag.Parent,
        Sites = JsonSerializer.Serialize(tag.Sites),
        Priority = tag.Priority,
        ConcurrentTransactions = tag.ConcurrentTransactions,
        RowVersion = version,
    };

    private static long? VersionOfTag(HistoryTables tables, TenantId tenant, string key) => tables.Tags
        .Where(row => row.TenantId == tenant.Value && row.TagKey == key)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static IQueryable<TagWithVehicle> WithVehicle(HistoryTables tables, TenantId tenant, IQueryable<TagRow> tags) =>
        from tag in tags
        from link in tables.VehicleTags.Where(row => row.TenantId == tenant.Value && row.TagKey == tag.TagKey).DefaultIfEmpty()
        select new TagWithVehicle(tag, link.VehicleId);

    private static Versioned<TagConfiguration> Read(TagWithVehicle found) => new(
        new TagConfiguration(
            found.Tag.IdTag,
            found.Tag.Status,
            found.Tag.Expiry,
            found.Tag.Parent,
            JsonSerializer.Deserialize<string[]>(found.Tag.Sites)!,
            found.Tag.Priority,
            found.Vehicle,
            found.Tag.ConcurrentTransactions),
        found.Tag.RowVersion);

    private sealed record TagWithVehicle(TagRow Tag, string? Vehicle);
}
