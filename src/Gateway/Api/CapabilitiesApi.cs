using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.DesiredState;
using EvCharge.Gateway.Security;
using EvCharge.History.DesiredState;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>What a charger can do and needs: by its model, by what it said, and by how it answered.</summary>
internal static class CapabilitiesApi
{
    private const string FeatureProfiles = "SupportedFeatureProfiles";
    private const string ModelFeatureProfiles = "featureProfiles";

    /// <summary>Keys in which a charger says what it can do (OCPP 1.6 §9).</summary>
    private static readonly string[] Limits =
    [
        "ChargeProfileMaxStackLevel", "ChargingScheduleAllowedChargingRateUnit", "ChargingScheduleMaxPeriods",
        "ConnectorSwitch3to1PhaseSupported", "GetConfigurationMaxKeys", "LocalAuthListMaxLength", "MaxChargingProfilesInstalled",
        "MeterValuesAlignedDataMaxLength", "MeterValuesSampledDataMaxLength", "NumberOfConnectors", "ReserveConnectorZeroSupported",
        "SendLocalListMaxLength", "SupportedFileTransferProtocols",
    ];

    public static void MapCapabilities(this IEndpointRouteBuilder api) =>
        api.MapGet("/chargers/{charger}/capabilities", Get).RequirePermission(Permission.ReadFleet)
            .WithTags("Chargers").WithName("getCapabilities").WithSummary("What a charger can do and needs, and where that is known from")
            .WithDescription("POST …/calls/GetConfiguration has the charger say its keys; an operation is known once it was sent.");

    private static async Task<CapabilitiesView> Get(
        Caller caller, string charger, FleetQueries fleet, DesiredStateStore settings, IGrainFactory grains)
    {
        var id = caller.Charger(charger);
        var known = await fleet.Charger(id) ?? throw ApiFault.NotFound("There is no such charger.");
        var model = (await grains.GetGrain<IChargerGrain>(id.ToString()).ModelFacts()).Select(ModelFactView.Of).ToList();
        var keys = (await settings.Keys(id, [FeatureProfiles, .. Limits])).Where(key => key.Actual is not null).ToList();
        var said = keys.Find(key => Is(key, FeatureProfiles))?.Actual;
        return new CapabilitiesView(
            known.Boot?.Vendor,
            known.Boot?.Model,
            known.Boot?.Firmware,
            known.OcppVersion,
            said?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? OfModel(model),
            said is not null ? "charger" : OfModel(model) is null ? null : "model",
            [.. keys.Where(key => !Is(key, FeatureProfiles)).Select(key => new SaidLimitView(key.Name, key.Actual!, key.ReadAt))],
            model,
            [.. (await fleet.Operations(id)).Select(fact => new OperationFactView(fact.Action, fact.Known, fact.At))]);
    }

    private static string[]? OfModel(IEnumerable<ModelFactView> model) =>
        model.FirstOrDefault(fact => fact.Member == ModelFeatureProfiles)?.Value.Deserialize<string[]>();

    private static bool Is(ConfigurationKey key, string name) => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a charger can do and needs.</summary>
/// <param name="Vendor">As it said at its last boot, like model and firmware; null before one.</param>
/// <param name="OcppVersion">Of its last connection.</param>
/// <param name="FeatureProfiles">The profiles of OCPP 1.6 that it has; null when neither it nor its model says.</param>
/// <param name="FeatureProfilesFrom">charger or model; null when nobody says.</param>
/// <param name="Limits">What it said in its configuration keys.</param>
/// <param name="Treatment">What it needs: by default, by its model's files and by its settings.</param>
/// <param name="Operations">Those among its newest 1,000 commands that it answered.</param>
public sealed record CapabilitiesView(
    string? Vendor,
    string? Model,
    string? Firmware,
    string? OcppVersion,
    IReadOnlyList<string>? FeatureProfiles,
    string? FeatureProfilesFrom,
    IReadOnlyList<SaidLimitView> Limits,
    IReadOnlyList<ModelFactView> Treatment,
    IReadOnlyList<OperationFactView> Operations);

/// <param name="Value">As the charger said it.</param>
public sealed record SaidLimitView(string Key, string Value, DateTimeOffset? ReadAt);

/// <param name="Member">As in a model's file, <c>settle.milliseconds</c>.</param>
/// <param name="Origin">default, learned, model or setting.</param>
/// <param name="File">The model's file; null when it comes from elsewhere.</param>
public sealed record ModelFactView(string Member, JsonElement Value, string Origin, string? File)
{
    internal static ModelFactView Of(ModelFact fact) =>
        new(fact.Member, JsonSerializer.Deserialize<JsonElement>(fact.Value), fact.Origin, fact.File);
}

/// <param name="Known">False when the charger said that it does not know the operation.</param>
/// <param name="At">When it answered last.</param>
public sealed record OperationFactView(string Action, bool Known, DateTimeOffset? At);
