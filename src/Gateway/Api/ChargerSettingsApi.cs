using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.DesiredState;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>
/// What a charger should be set to: its configuration keys and the availability of its connectors. They are brought to it at
/// once, and again whenever it boots or comes back and is set otherwise.
/// </summary>
internal static class ChargerSettingsApi
{
    private const int LongestKey = 50;
    private const int LongestValue = 500;

    public static void MapChargerSettings(this IEndpointRouteBuilder api)
    {
        var charger = api.MapGroup("/chargers/{charger}").WithTags("Charger settings");
        charger.MapGet("/configuration", Keys).RequirePermission(Permission.ReadFleet)
            .WithName("listConfigurationKeys").WithSummary("Configuration keys, as desired and as the charger said last")
            .WithDescription("POST …/calls/GetConfiguration has the charger say all of them.");
        charger.MapPut("/configuration/{key}", PutKey).RequirePermission(Permission.WriteFleet)
            .WithName("putConfigurationKey").WithSummary("Say what a configuration key is to be");
        charger.MapDelete("/configuration/{key}", DeleteKey).RequirePermission(Permission.WriteFleet)
            .WithName("deleteConfigurationKey").WithSummary("Leave a configuration key to the charger");
        charger.MapGet("/availability", Availabilities).RequirePermission(Permission.ReadFleet)
            .WithName("listAvailability").WithSummary("Connectors whose availability somebody decided");
        charger.MapPut("/connectors/{connector:int}/availability", PutAvailability).RequirePermission(Permission.SendCalls)
            .WithName("putAvailability").WithSummary("Take a connector, or with 0 the charger, in or out of service");
        charger.MapDelete("/connectors/{connector:int}/availability", DeleteAvailability).RequirePermission(Permission.SendCalls)
            .WithName("deleteAvailability").WithSummary("Leave the availability of a connector to the charger");
    }

    private static async Task<Page<ConfigurationKeyView>> Keys(
        Caller caller, string charger, bool? differs, ConfigurationStore store, DesiredStateStore desired)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        var keys = (await desired.Keys(id)).Where(key => differs is null || key.Differs == differs);
        return new Page<ConfigurationKeyView>([.. keys.Select(ConfigurationKeyView.Of)], null);
    }

    private static async Task<Accepted<ConfigurationKeyView>> PutKey(
        Caller caller, string charger, string key, DesiredValue body, ConfigurationStore store, DesiredStateStore desired, Owners owners)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        CheckKey(key);
        if (body.Value is not { Length: <= LongestValue } value)
        {
            throw ApiFault.Invalid("value", $"must be there, of at most {LongestValue} characters");
        }

        if (!await desired.Desire(id, key, value))
        {
            throw ApiFault.Invalid("key", $"more than {DesiredStateStore.MostKeys} keys are kept for no charger");
        }

        await owners.ChargerChanged(id);
        var put = (await desired.Keys(id)).Single(known => string.Equals(known.Name, key, StringComparison.OrdinalIgnoreCase));
        return TypedResults.Accepted($"/api/v1/chargers/{charger}/configuration", ConfigurationKeyView.Of(put));
    }

    private static async Task<NoContent> DeleteKey(
        Caller caller, string charger, string key, ConfigurationStore store, DesiredStateStore desired, Owners owners)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        CheckKey(key);
        await desired.Desire(id, key, null);
        await owners.ChargerChanged(id);
        return TypedResults.NoContent();
    }

    private static async Task<Page<AvailabilityView>> Availabilities(
        Caller caller, string charger, ConfigurationStore store, DesiredStateStore desired)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        return new Page<AvailabilityView>([.. (await desired.Availabilities(id)).Select(AvailabilityView.Of)], null);
    }

    private static async Task<Accepted<AvailabilityView>> PutAvailability(
        Caller caller, string charger, int connector, DesiredAvailability body, ConfigurationStore store, DesiredStateStore desired, Owners owners)
    {
        var id = await ExistingConnector(caller, charger, connector, store);
        var operative = body.Operative ?? throw ApiFault.Invalid("operative", "must be true or false");
        var availability = new Availability(connector, operative, null);
        await desired.Desire(id, availability);
        await owners.ChargerChanged(id);
        return TypedResults.Accepted($"/api/v1/chargers/{charger}/availability", AvailabilityView.Of(availability));
    }

    private static async Task<NoContent> DeleteAvailability(
        Caller caller, string charger, int connector, ConfigurationStore store, DesiredStateStore desired)
    {
        await desired.Release(await ExistingConnector(caller, charger, connector, store), connector);
        return TypedResults.NoContent();
    }

    private static void CheckKey(string key)
    {
        if (!Ids.IsPrintable(key, LongestKey))
        {
            throw ApiFault.Invalid("key", $"must be 1 to {LongestKey} printable characters");
        }

        if (DesiredStateStore.IsSecret(key))
        {
            throw ApiFault.Invalid("key", "a charger's password is set by the charger's own resource");
        }

        if (string.Equals(key, ProfileRaise.Key, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiFault.Invalid("key", "a charger's security profile is raised by a call of ChangeConfiguration");
        }
    }

    private static async Task<ChargerId> ExistingConnector(Caller caller, string charger, int connector, ConfigurationStore store)
    {
        var (id, known) = await Configuration.Charger(store, caller, charger);
        return connector == 0 || known.Connectors.Any(each => each.Connector == connector)
            ? id
            : throw ApiFault.NotFound("There is no such connector.");
    }
}

/// <param name="Value">At most 500 characters.</param>
public sealed record DesiredValue(string? Value = null);

public sealed record DesiredAvailability(bool? Operative = null);

/// <summary>A configuration key of a charger.</summary>
/// <param name="Desired">Null when nobody decided.</param>
/// <param name="Actual">What the charger said last; null when it said nothing.</param>
/// <param name="Differs">The charger is, or may be, set otherwise than desired.</param>
/// <param name="RebootRequired">The charger took the value and works by it after its next boot.</param>
/// <param name="Unknown">The charger says that it has no such key.</param>
/// <param name="Outcome">How the charger answered the last change.</param>
public sealed record ConfigurationKeyView(
    string Key, string? Desired, string? Actual, bool Differs, bool? Readonly, bool RebootRequired, bool Unknown, string? Outcome, DateTimeOffset? ReadAt)
{
    internal static ConfigurationKeyView Of(ConfigurationKey key) => new(
        key.Name, key.Desired, key.Actual, key.Differs, key.Readonly, key.Outcome == "RebootRequired", key.Unknown, key.Outcome, key.ReadAt);
}

/// <param name="Outcome">How the charger answered; null before it did.</param>
public sealed record AvailabilityView(int Connector, bool Operative, string? Outcome)
{
    internal static AvailabilityView Of(Availability availability) =>
        new(availability.Connector, availability.Operative, availability.Outcome);
}
