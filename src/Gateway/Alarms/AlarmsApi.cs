using EvCharge.Domain.Alarms;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Alarms;

namespace EvCharge.Gateway.Alarms;

/// <summary>What somebody should look at, newest first, and that they have.</summary>
internal static class AlarmsApi
{
    private const string List = "alarms";

    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        var alarms = api.MapGroup("/alarms").WithTags("Alarms");
        alarms.MapGet("", Page).RequirePermission(Permission.ReadAlarms).NarrowedToSites()
            .WithName("listAlarms").WithSummary("Alarms, newest raised first, of the levels that the caller may see");
        alarms.MapGet("/counts", Counts).RequirePermission(Permission.ReadAlarms).NarrowedToSites()
            .WithName("countAlarms").WithSummary("How many alarms are open, by level");
        alarms.MapGet("/definitions", Definitions).RequirePermission(Permission.ReadAlarms).CommonToSites()
            .WithName("listAlarmDefinitions").WithSummary("What raises alarms, the most severe first");
        alarms.MapPost("/ack", Acknowledge).RequirePermission(Permission.AcknowledgeAlarms).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("acknowledgeAlarms").WithSummary("Acknowledge alarms: these, or all of a kind as far as they were seen")
            .WithDescription(
                $"By ids, or by what they are; the oldest {AlarmStore.MostAcknowledged} at a time. asOf is the greatest id that was seen: what was raised "
                + "after it stays open. Alarms of levels that the caller may not acknowledge are counted and left.");
    }

    private static Task<Page<AlarmView>> Page(Caller caller, [AsParameters] AlarmSearch search, [AsParameters] PageRequest page, AlarmStore alarms)
    {
        var filter = search.Filter();
        return page.Read(
            List,
            (before, limit) => alarms.List(caller.Scope, filter, caller.Alarms.Display, RowId.Read(before), limit),
            alarm => RowId.Write(alarm.Id),
            AlarmView.Of);
    }

    private static async Task<IReadOnlyList<LevelCount>> Counts(Caller caller, AlarmStore alarms) =>
        [.. (await alarms.OpenByLevel(caller.Scope, caller.Alarms.Display)).Select(one => new LevelCount(one.Level, one.Count))];

    private static IReadOnlyList<AlarmDefinitionView> Definitions() =>
        [.. AlarmDefinitions.All.OrderByDescending(one => one.Level).ThenBy(one => one.Id, StringComparer.Ordinal).Select(AlarmDefinitionView.Of)];

    private static async Task<AlarmsAcknowledged> Acknowledge(Caller caller, AlarmAcknowledgement body, AlarmStore alarms, TimeProvider time) =>
        await alarms.Acknowledge(caller.Scope, body.Checked(), caller.Alarms, caller.FullName, body.Comment, Times.Storable(time.GetUtcNow()));
}

/// <summary>Members left out do not filter; <c>from</c> and <c>to</c> are half-open, on what came last.</summary>
/// <param name="State">open, or acknowledged.</param>
public readonly record struct AlarmSearch(string? State, string? Charger, string? Definition, DateTimeOffset? From, DateTimeOffset? To)
{
    private const int MaxLength = 255;

    /// <exception cref="ApiFault">400 for what can match nothing because of its form.</exception>
    internal AlarmFilter Filter()
    {
        foreach (var (field, text) in new[] { ("charger", Charger), ("definition", Definition) })
        {
            if (text is { Length: 0 or > MaxLength })
            {
                throw ApiFault.BadRequest(field, $"must be 1 to {MaxLength} characters");
            }
        }

        if (To < From)
        {
            throw ApiFault.BadRequest("to", "is before from");
        }

        bool? open = State switch
        {
            null => null,
            "open" => true,
            "acknowledged" => false,
            _ => throw ApiFault.BadRequest("state", "must be open or acknowledged"),
        };
        return new AlarmFilter(open, Charger, Definition, From?.ToUniversalTime(), To?.ToUniversalTime());
    }
}

/// <summary>Which alarms somebody acknowledges: what is given has to fit, and something has to be.</summary>
/// <param name="Ids">1 to 1000 alarms.</param>
/// <param name="Definition">All alarms of that definition.</param>
/// <param name="AsOf">The greatest id that was seen.</param>
/// <param name="Comment">At most 500 characters.</param>
public sealed record AlarmAcknowledgement(
    IReadOnlyList<long>? Ids = null, string? Charger = null, string? Definition = null, long? AsOf = null, string? Comment = null)
{
    /// <exception cref="ApiFault">422 naming every member at fault.</exception>
    internal AlarmSelection Checked()
    {
        new Checks()
            .That(Ids is null or { Count: > 0 and <= AlarmStore.MostAcknowledged }, "ids", $"must be 1 to {AlarmStore.MostAcknowledged} alarms")
            .That(Ids is not null || AsOf is not null, "asOf", "is needed without ids")
            .Text(Charger, "charger", 255)
            .Text(Definition, "definition", 255)
            .Text(Comment, "comment", 500)
            .ThrowIfAny();
        return new AlarmSelection(Ids, Charger, Definition, AsOf);
    }
}

/// <summary>An alarm.</summary>
/// <param name="Level">0 (least) to 29 (most severe).</param>
/// <param name="Charger">Null for one of the tenant.</param>
/// <param name="State">open until somebody acknowledges it, then acknowledged.</param>
/// <param name="LastAt">When what raised it came last.</param>
/// <param name="Count">How often it has come.</param>
/// <param name="Detail">Of the last.</param>
public sealed record AlarmView(
    long Id,
    string Definition,
    int Level,
    string? Charger,
    string State,
    DateTimeOffset RaisedAt,
    DateTimeOffset LastAt,
    int Count,
    string Detail,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Comment)
{
    internal static AlarmView Of(Alarm alarm) => new(
        alarm.Id, alarm.Definition.Id, alarm.Definition.Level, alarm.Charger, alarm.AcknowledgedAt is null ? "open" : "acknowledged", alarm.RaisedAt, alarm.LastAt,
        alarm.Occurrences, alarm.Detail, alarm.AcknowledgedAt, alarm.AcknowledgedBy, alarm.Comment);
}

/// <summary>So many open alarms of a level.</summary>
public sealed record LevelCount(int Level, int Count);

/// <summary>What raises an alarm.</summary>
/// <param name="Event">The kind of the event.</param>
/// <param name="Subject">Of a security event its type; null for all others of the kind.</param>
public sealed record AlarmDefinitionView(string Definition, int Level, string Event, string? Subject)
{
    internal static AlarmDefinitionView Of(AlarmDefinition definition) => new(definition.Id, definition.Level, definition.Event, definition.Subject);
}
