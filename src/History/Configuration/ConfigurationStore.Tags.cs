using System.Text.Json;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Audit;
using EvCharge.History.LocalLists;
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
    public Task<WriteResult> PutTag(TenantId tenant, TagConfiguration tag, long? expected) => Change(tenant, $"tags/{tag.IdTag}", TagOf(tenant, tag.IdTag), write =>
    {
        return write.Put(
            tenant,
            VersionOfTag(write.Tables, tenant, new IdTag(tag.IdTag).Key),
            expected,
            version =>
            {
                write.Tables.Insert(RowOf(tenant, tag, version));
                LocalListStore.Note(write.Tables, tenant, version, revokes: false);
                if (tag.Vehicle is not null)
                {
                    VehicleTags.Link(write.Tables, tenant, tag.IdTag, tag.Vehicle, version);
                }
            },
            version =>
            {
                LocalListStore.Note(write.Tables, tenant, version, Revokes(write.Tables, tenant, tag.IdTag, tag));
                write.Tables.Update(RowOf(tenant, tag, version));
                VehicleTags.Link(write.Tables, tenant, tag.IdTag, tag.Vehicle, version);
            });
    });

    public Task<WriteResult> DeleteTag(TenantId tenant, IdTag tag, long? expected) => Change(tenant, $"tags/{tag.Value}", TagOf(tenant, tag.Value), write =>
    {
        var key = tag.Key;
        return Versioning.Delete(VersionOfTag(write.Tables, tenant, key), expected, () =>
        {
            var version = write.NextVersion(tenant);
            LocalListStore.Note(write.Tables, tenant, version, Revokes(write.Tables, tenant, tag.Value, null));
            VehicleTags.Link(write.Tables, tenant, tag.Value, null, version);
            write.Tables.Tags.Delete(row => row.TenantId == tenant.Value && row.TagKey == key);
        });
    });

    /// <summary>Every tag with what it may, by key: a tenant's tags have one list, which chargers keep a part of.</summary>
    public Task<IReadOnlyList<(IdTag Tag, TagRights Rights)>> AllTags(TenantId tenant) =>
        engine.Read<IReadOnlyList<(IdTag Tag, TagRights Rights)>>(async tables =>
            (await tables.Tags.Where(row => row.TenantId == tenant.Value).OrderBy(row => row.TagKey).ToListAsync())
                .ConvertAll(row => (new IdTag(row.IdTag), RightsOf(row))));

    /// <summary>Whether a tag that stands loses a right by a change; null for its end.</summary>
    private static bool Revokes(HistoryTables tables, TenantId tenant, string idTag, TagConfiguration? after)
    {
        var key = new IdTag(idTag).Key;
        var before = tables.Tags.First(row => row.TenantId == tenant.Value && row.TagKey == key);
        return LocalListRules.Revokes(RightsOf(before), after is null ? null : RightsOf(after));
    }

    private static AuditSubject TagOf(TenantId tenant, string idTag)
    {
        var key = new IdTag(idTag).Key;
        return AuditSubject.Of<TagRow>(row => row.TenantId == tenant.Value && row.TagKey == key)
            .With<VehicleTagRow>("vehicle", row => row.TenantId == tenant.Value && row.TagKey == key);
    }

    private static TagRights RightsOf(TagRow row) => new(row.Status, row.Expiry, row.Parent, JsonSerializer.Deserialize<string[]>(row.Sites)!);

    private static TagRights RightsOf(TagConfiguration tag) => new(tag.Status, tag.Expiry, tag.Parent, tag.Sites);

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
        Departure = tag.Departure is { } departure ? (departure.Hour * 60) + departure.Minute : null,
        EnergyWh = tag.EnergyWh,
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
            found.Tag.ConcurrentTransactions,
            found.Tag.Departure is { } minutes ? TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minutes)) : null,
            found.Tag.EnergyWh),
        found.Tag.RowVersion);

    private sealed record TagWithVehicle(TagRow Tag, string? Vehicle);
}
