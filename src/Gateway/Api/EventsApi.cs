using System.Globalization;
using EvCharge.Gateway.Security;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>What happened that an operator may want to know, newest first.</summary>
internal static class EventsApi
{
    private const string List = "events";

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", Page).RequirePermission(Permission.ReadEvents).NarrowedToSites()
            .WithTags("Events").WithName("listEvents").WithSummary("Events, newest first, perhaps of one charger");

    private static Task<Page<EventView>> Page(
        Caller caller, string? charger, [AsParameters] PageRequest page, FleetQueries fleet) =>
        page.Read(
            List,
            (before, limit) => fleet.Events(caller.Scope, charger, RowId.Read(before), limit),
            row => RowId.Write(row.Id),
            row => EventView.Of(row.Id, row.Event));
}

/// <param name="Kind">unknown-charger, unknown-transaction, superseded and so on.</param>
public sealed record EventView(long Id, DateTimeOffset At, string Kind, string? Charger, string Detail)
{
    internal static EventView Of(long id, History.Chargers.EventRecord happened) =>
        new(id, happened.At, happened.Kind, happened.Charger, happened.Detail);
}

/// <summary>A row id as the key of a cursor.</summary>
internal static class RowId
{
    public static long? Read(string? key) => key is null ? null : long.Parse(key, CultureInfo.InvariantCulture);

    public static string Write(long id) => id.ToString(CultureInfo.InvariantCulture);
}
