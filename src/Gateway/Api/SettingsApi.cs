using EvCharge.Domain.LocalLists;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Frames;
using EvCharge.Ocpp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>The settings of a tenant.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", Get).RequirePermission(Permission.ManageSettings)
            .WithName("getSettings").WithSummary("The settings of the tenant");
        settings.MapPut("", Put).RequirePermission(Permission.ManageSettings).Replaces()
            .WithName("putSettings").WithSummary("Replace the settings; members left out take their defaults");
    }

    private static async Task<Ok<SettingsView>> Get(Caller caller, HttpContext http, ConfigurationStore store)
    {
        var found = await store.Settings(caller.Tenant);
        return RowVersions.Answer(http, SettingsView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<SettingsView>, Created<SettingsView>>> Put(
        Caller caller,
        SettingsInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store)
    {
        var settings = body.Checked();
        var written = RowVersions.Ensure(await store.PutSettings(caller.Tenant, settings, RowVersions.Expected(ifMatch)));
        return RowVersions.Put(http, written, SettingsView.Of(settings));
    }
}

/// <summary>Settings as they are put.</summary>
/// <param name="UnknownChargers">refuse (default), quarantine or accept: what a charger gets that nobody configured.</param>
/// <param name="Strict">Answer a CALLERROR to what would else be coerced; false by default.</param>
/// <param name="MissingSubprotocol">refuse (default), or the subprotocol to assume: ocpp1.6.</param>
/// <param name="FrameLog">off, memory or full for chargers without a setting of their own; null (default) for the installation's.</param>
/// <param name="ConcurrentTransactions">allow (default) or refuse: whether a tag may charge twice at once that says nothing itself.</param>
/// <param name="LocalList">off (default) or tags: whether local lists are kept in step, for chargers without a setting of their own.</param>
public sealed record SettingsInput(
    string? UnknownChargers = null,
    bool Strict = false,
    string? MissingSubprotocol = null,
    string? FrameLog = null,
    string? ConcurrentTransactions = null,
    string? LocalList = null)
{
    private static readonly string[] Unknown = ["refuse", "quarantine", "accept"];
    private static readonly string[] Missing = ["refuse", OcppVersion.V16];

    internal TenantSettings Checked()
    {
        new Checks()
            .OneOf(UnknownChargers, "unknownChargers", Unknown)
            .OneOf(MissingSubprotocol, "missingSubprotocol", Missing)
            .OneOf(FrameLog, "frameLog", FrameLogModes.All)
            .OneOf(ConcurrentTransactions, "concurrentTransactions", Domain.Authorization.ConcurrentTransactions.All)
            .OneOf(LocalList, "localList", LocalListMode.All)
            .ThrowIfAny();
        var defaults = TenantSettings.Defaults;
        return new TenantSettings(
            UnknownChargers ?? defaults.UnknownChargers,
            Strict,
            MissingSubprotocol ?? defaults.MissingSubprotocol,
            ConcurrentTransactions ?? defaults.ConcurrentTransactions)
        {
            FrameLog = FrameLog,
            LocalList = LocalList ?? defaults.LocalList,
        };
    }
}

/// <summary>The settings of a tenant. Members as in <see cref="SettingsInput"/>.</summary>
public sealed record SettingsView(
    string UnknownChargers, bool Strict, string MissingSubprotocol, string? FrameLog, string ConcurrentTransactions, string LocalList)
{
    internal static SettingsView Of(TenantSettings settings) => new(
        settings.UnknownChargers, settings.Strict, settings.MissingSubprotocol, settings.FrameLog, settings.ConcurrentTransactions,
        settings.LocalList);
}
