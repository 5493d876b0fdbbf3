using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<VehicleConfiguration>?> Vehicle(TenantId tenant, string vehicle) => engine.Read(async tables =>
    {
        var row = await tables.Vehicles.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.VehicleId == vehicle);
        return row is null ? null : (await WithTags(tables, tenant, [row]))[0];
    });

    /// <summary>Vehicles by name, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<VehicleConfiguration>>> Vehicles(TenantId tenant, string? after, int limit) =>
        engine.Read(async tables => await WithTags(tables, tenant, await tables.Vehicles
            .Where(row => row.TenantId == tenant.Value && row.VehicleId.IsAfter(after ?? ""))
            .OrderBy(row => row.VehicleId)
            .Take(limit)
            .ToListAsync()));

    /// <summary>The vehicle that has this VIN or EVCCID; null when none has it, or more than one.</summary>
    /// <param name="spellings">The forms in which it may be on record.</param>
    public Task<string?> FindVehicle(TenantId tenant, IReadOnlyList<string> spellings) => engine.Read(async tables =>
    {
        var found = await tables.Vehicles
            .Where(row => row.TenantId == tenant.Value && (spellings.Contains(row.Vin) || spellings.Contains(row.Evccid)))
            .Select(row => row.VehicleId)
            .Take(2)
            .ToListAsync();
        return found is [var only] ? only : null;
    });

    /// <summary>
    /// Puts a vehicle with its tags, which need not be configured yet and are taken from other vehicles. Tags not listed are
    /// taken from it, unless the vehicle is new: then tags that named it before keep it. Its site must exist.
    /// </summary>
    public Task<WriteResult> PutVehicle(TenantId tenant, VehicleConfiguration vehicle, long? expected) => Change(tenant, $"vehicles/{vehicle.Vehicle}", VehicleOf(tenant, vehicle.Vehicle), write =>
    {
        var tables = write.Tables;
        if (!SiteStands(tables, tenant, vehicle.Site))
        {
            return WriteResult.MissingReference;
        }

        VehicleRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            VehicleId = vehicle.Vehicle,
            Name = vehicle.Name,
            Vin = vehicle.Vin,
            Evccid = vehicle.Evccid,
            SiteId = vehicle.Site,
            RowVersion = version,
        };
        return write.Put(
            tenant,
            VersionOfVehicle(tables, tenant, vehicle.Vehicle),
            expected,
            version =>
            {
                tables.Insert(Row(version));
                VehicleTags.Add(tables, tenant, vehicle.Vehicle, vehicle.Tags, version);
            },
            version =>
            {
                tables.Update(Row(version));
                VehicleTags.Replace(tables, tenant, vehicle.Vehicle, vehicle.Tags, version);
            });
    });

    /// <summary>Deletes a vehicle; its tags belong to none afterwards.</summary>
    public Task<WriteResult> DeleteVehicle(TenantId tenant, string vehicle, long? expected) => Change(tenant, $"vehicles/{vehicle}", VehicleOf(tenant, vehicle), write =>
        Versioning.Delete(VersionOfVehicle(write.Tables, tenant, vehicle), expected, () =>
        {
            VehicleTags.Replace(write.Tables, tenant, vehicle, [], write.NextVersion(tenant));
            write.Tables.Vehicles.Delete(row => row.TenantId == tenant.Value && row.VehicleId == vehicle);
        }));

    private static AuditSubject VehicleOf(TenantId tenant, string vehicle) =>
        AuditSubject.Of<VehicleRow>(row => row.TenantId == tenant.Value && row.VehicleId == vehicle)
            .With<VehicleTagRow>("tags", row => row.TenantId == tenant.Value && row.VehicleId == vehicle);

    private static long? VersionOfVehicle(HistoryTables tables, TenantId tenant, string vehicle) => tables.Vehicles
        .Where(row => row.TenantId == tenant.Value && row.VehicleId == vehicle)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static async Task<IReadOnlyList<Versioned<VehicleConfiguration>>> WithTags(
        HistoryTables tables, TenantId tenant, List<VehicleRow> vehicles)
    {
        var names = vehicles.ConvertAll(row => row.VehicleId);
        var links = await tables.VehicleTags
            .Where(row => row.TenantId == tenant.Value && names.Contains(row.VehicleId))
            .OrderBy(row => row.TagKey)
            .ToListAsync();
        var tags = links.ToLookup(row => row.VehicleId, row => row.IdTag, StringComparer.Ordinal);
        return vehicles.ConvertAll(row => new Versioned<VehicleConfiguration>(
            new VehicleConfiguration(row.VehicleId, row.Name, row.Vin, row.Evccid, [.. tags[row.VehicleId]], row.SiteId),
            row.RowVersion));
    }
}
