using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace EvCharge.Gateway.Api;

/// <summary>How the caller wants to be shown things, on whatever device.</summary>
internal static class PreferencesApi
{
    public static void MapPreferences(this IEndpointRouteBuilder api)
    {
        var preferences = api.MapGroup("/me/preferences").WithTags("Sign-in");
        preferences.MapGet("", Get).RequirePermission(Permission.SignedIn)
            .WithName("getPreferences").WithSummary("Language, time zone and unit that the caller wants to see");
        preferences.MapPut("", Put).RequirePermission(Permission.SignedIn)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("putPreferences").WithSummary("Replace them; members left out follow browser and site");
    }

    private static async Task<Ok<PreferencesView>> Get(Caller caller, ConfigurationStore store)
    {
        EnsureUser(caller);
        var user = await store.User(caller.Home, caller.Name) ?? throw ApiFault.NotFound("There is no such user.");
        return TypedResults.Ok(PreferencesView.Of(user.Value.Preferences));
    }

    private static async Task<Ok<PreferencesView>> Put(Caller caller, PreferencesView body, ConfigurationStore store)
    {
        EnsureUser(caller);
        var preferences = body.Checked();
        RowVersions.Ensure(await store.PutPreferences(caller.Home, caller.Name, preferences));
        return TypedResults.Ok(body);
    }

    private static void EnsureUser(Caller caller)
    {
        if (!caller.IsSession)
        {
            throw ApiFault.Conflict("no-user", "A program has no preferences.");
        }
    }
}

/// <param name="Language">en or fr; null for that of the browser.</param>
/// <param name="TimeZone">A zone of the IANA database; null for that of the device.</param>
/// <param name="PowerUnit">kW or A; null for that of the site.</param>
public sealed record PreferencesView(string? Language = null, string? TimeZone = null, string? PowerUnit = null)
{
    private static readonly string[] Languages = ["en", "fr"];
    private static readonly string[] Units = ["kW", "A"];

    internal UserPreferences Checked()
    {
        new Checks()
            .OneOf(Language, "language", Languages)
            .OneOf(PowerUnit, "powerUnit", Units)
            .That(TimeZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is not null, "timeZone", "must be a zone of the IANA database")
            .ThrowIfAny();
        return new UserPreferences(Language, TimeZone, PowerUnit);
    }

    internal static PreferencesView Of(UserPreferences preferences) => new(preferences.Language, preferences.TimeZone, preferences.PowerUnit);
}
