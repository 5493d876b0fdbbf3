using EvCharge.Domain.Identity;
using EvCharge.Domain.Vehicles;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>Vehicles, known by the tags of their drivers.</summary>
internal static class VehiclesApi
{
    private const string List = "vehicles";

    public static void MapVehicles(this IEndpointRouteBuilder api)
    {
        var vehicles = api.MapGroup("/vehicles").WithTags("Vehicles");
        vehicles.MapGet("", Page).RequirePermission(Permission.ReadTags)
            .WithName("listVehicles").WithSummary("Vehicles by id");
        vehicles.MapGet("/{vehicle}", Get).RequirePermission(Permission.ReadTags)
            .WithName("getVehicle").WithSummary("One vehicle");
        vehicles.MapPut("/{vehicle}", Put).RequirePermission(Permission.WriteTags).Replaces()
            .WithName("putVehicle").WithSummary("Create or replace a vehicle");
        vehicles.MapDelete("/{vehicle}", Delete).RequirePermission(Permission.WriteTags)
            .WithName("deleteVehicle").WithSummary("Delete a vehicle");
    }

    private static Task<Page<VehicleView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.Vehicles(caller.Tenant, after, limit),
            row => row.Value.Vehicle,
            row => VehicleView.Of(row.Value));

    private static async Task<Ok<VehicleView>> Get(Caller caller, string vehicle, HttpContext http, ConfigurationStore store)
    {
        var found = await store.Vehicle(caller.Tenant, Id(vehicle)) ?? throw ApiFault.NotFound("There is no such vehicle.");
        return RowVersions.Answer(http, VehicleView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<VehicleView>, Created<VehicleView>>> Put(
        Caller caller,
        string vehicle,
        VehicleInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        Owners owners)
    {
        var configuration = body.Checked(Id(vehicle));
        await Configuration.EnsureSite(store, caller, body.Site, "site");
        var before = await store.Vehicle(caller.Tenant, vehicle);
        var written = RowVersions.Ensure(await store.PutVehicle(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        foreach (var tag in configuration.Tags.Union(before?.Value.Tags ?? [], StringComparer.OrdinalIgnoreCase))
        {
            await owners.TagChanged(caller.Tenant, new IdTag(tag));
        }

        IdTag?[] named = [VehicleIdentity.TagOf(before?.Value.Evccid), VehicleIdentity.TagOf(configuration.Evccid)];
        foreach (var tag in named.OfType<IdTag>().Distinct())
        {
            await owners.TagChanged(caller.Tenant, tag);
        }

        return RowVersions.Put(http, written, VehicleView.Of(configuration));
    }

    private static async Task<NoContent> Delete(
        Caller caller, string vehicle, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
        RowVersions.Deleted(await store.DeleteVehicle(caller.Tenant, Id(vehicle), RowVersions.Expected(ifMatch)), "vehicle");

    private static string Id(string vehicle) =>
        Ids.IsPrintable(vehicle, 80) ? vehicle : throw ApiFault.BadRequest("vehicle", "must be 1 to 80 printable characters");
}

/// <summary>A vehicle as it is put.</summary>
/// <param name="Vehicle">May repeat the id in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the vehicle's id by default.</param>
/// <param name="Vin">Vehicle identification number, at most 20 printable characters.</param>
/// <param name="Evccid">Address of its communication controller, at most 40 printable characters.</param>
/// <param name="Tags">Id tags that stand for the vehicle, at most 100.</param>
/// <param name="Site">The site where it is at home; null for none.</param>
public sealed record VehicleInput(
    string? Vehicle = null,
    string? Name = null,
    string? Vin = null,
    string? Evccid = null,
    IReadOnlyList<string>? Tags = null,
    string? Site = null)
{
    private const int MaxTags = 100;

    internal VehicleConfiguration Checked(string id)
    {
        new Checks()
            .Name(Vehicle, id, "vehicle")
            .Text(Name, "name", 200)
            .That(Vin is null || Ids.IsPrintable(Vin, 20), "vin", "must be 1 to 20 printable characters")
            .That(Evccid is null || Ids.IsPrintable(Evccid, 40), "evccid", "must be 1 to 40 printable characters")
            .That(
                Tags is null || (Tags.Count <= MaxTags && Tags.All(tag => Ids.IsPrintable(tag, IdTag.MaxLength))),
                "tags",
                $"must be at most {MaxTags} id tags")
            .ThrowIfAny();
        return new VehicleConfiguration(id, Name ?? id, Vin, Evccid, [.. Tags ?? []], Site);
    }
}

/// <summary>A vehicle. Members as in <see cref="VehicleInput"/>.</summary>
public sealed record VehicleView(
    string Vehicle, string Name, string? Vin, string? Evccid, IReadOnlyList<string> Tags, string? Site)
{
    internal static VehicleView Of(VehicleConfiguration vehicle) =>
        new(vehicle.Vehicle, vehicle.Name, vehicle.Vin, vehicle.Evccid, vehicle.Tags, vehicle.Site);
}
