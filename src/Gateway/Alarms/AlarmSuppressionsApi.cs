using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Alarms;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Alarms;

/// <summary>What keeps alarms from being raised for a while: an alarm that is inhibited, a charger that is worked on.</summary>
internal static class AlarmSuppressionsApi
{
    public static void MapAlarmSuppressions(this IEndpointRouteBuilder api)
    {
        var suppressions = api.MapGroup("/alarm-suppressions").WithTags("Alarms");
        suppressions.MapGet("", List).RequirePermission(Permission.ReadAlarms).NarrowedToSites()
            .WithName("listAlarmSuppressions").WithSummary("What keeps alarms from being raised now, the first to end first");
        suppressions.MapPost("", Create).RequirePermission(Permission.SuppressAlarms).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("createAlarmSuppression").WithSummary("Inhibit an alarm, or put a charger in maintenance, until a moment")
            .WithDescription(
                "kind inhibited takes a definition, of one charger or of all, for a day at most; maintenance takes a charger, for thirty days at most, and is for the "
                + "levels that the caller may put there. One of the same kind for the same is replaced. Alarms that are open stay so, and events stay on record.");
        suppressions.MapDelete("/{id:long}", Release).RequirePermission(Permission.SuppressAlarms).NarrowedToSites()
            .WithName("deleteAlarmSuppression").WithSummary("Have alarms raised again");
    }

    private static async Task<IReadOnlyList<AlarmSuppressionView>> List(Caller caller, AlarmStore alarms, TimeProvider time) =>
        [.. (await alarms.Suppressions(caller.Scope, time.GetUtcNow())).Select(AlarmSuppressionView.Of)];

    private static async Task<Created<AlarmSuppressionView>> Create(
        Caller caller, AlarmSuppressionInput body, AlarmStore alarms, ConfigurationStore store, TimeProvider time)
    {
        var wanted = body.Checked(caller, Times.Storable(time.GetUtcNow()));
        if (wanted.Charger is { } name && !(await store.Charger(caller.Charger(name)) is { } charger && caller.Scope.Covers(charger.Value.Site)))
        {
            throw ApiFault.Invalid("charger", "is no charger");
        }

        EnsureMay(caller, wanted);
        var stored = await alarms.Suppress(caller.Tenant, wanted)
            ?? throw ApiFault.Conflict("too-many", $"There are {AlarmStore.MostSuppressions} suppressions already.");
        return TypedResults.Created($"/api/v1/alarm-suppressions/{stored.Id}", AlarmSuppressionView.Of(stored));
    }

    private static async Task<NoContent> Release(Caller caller, long id, AlarmStore alarms)
    {
        var found = await alarms.FindSuppression(caller.Scope, id) ?? throw NoneSuch();
        EnsureMay(caller, found);
        return await alarms.Release(caller.Tenant, id) ? TypedResults.NoContent() : throw NoneSuch();
    }

    private static void EnsureMay(Caller caller, AlarmSuppression suppression)
    {
        var may = suppression.Kind == SuppressionKind.Maintenance
            ? suppression.Levels != AlarmLevels.None && suppression.Levels.IsWithin(caller.Alarms.Maintenance)
            : AlarmDefinitions.Find(suppression.Definition) is not { } definition || caller.Alarms.Mask.Contains(definition.Level);
        if (!may)
        {
            throw new ApiFault(StatusCodes.Status403Forbidden, "alarm-level", "Alarms of that level are not yours to keep quiet.");
        }
    }

    private static ApiFault NoneSuch() => ApiFault.NotFound("There is no such suppression.");
}

/// <summary>A wish to keep alarms from being raised.</summary>
/// <param name="Kind">inhibited or maintenance.</param>
/// <param name="Definition">The alarm that is inhibited; not for maintenance.</param>
/// <param name="Charger">The charger that is worked on, or whose alarm it is; all chargers without it.</param>
/// <param name="Until">In the future, within a day for inhibited, within thirty days for maintenance.</param>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record AlarmSuppressionInput(string? Kind = null, string? Definition = null, string? Charger = null, DateTimeOffset? Until = null, string? Reason = null)
{
    private static readonly string[] Kinds = [Words.Of(SuppressionKind.Inhibited), Words.Of(SuppressionKind.Maintenance)];

    /// <exception cref="ApiFault">422 naming every member at fault.</exception>
    internal AlarmSuppression Checked(Caller caller, DateTimeOffset now)
    {
        var maintenance = Kind == Kinds[1];
        var longest = TimeSpan.FromDays(maintenance ? 30 : 1);
        new Checks()
            .That(Kinds.Contains(Kind), "kind", $"must be one of {string.Join(", ", Kinds)}")
            .That(maintenance ? Definition is null : AlarmDefinitions.Find(Definition) is not null, "definition", maintenance ? "is not for maintenance" : "is no alarm")
            .That(Charger is null ? !maintenance : ChargerId.TryParse(caller.Tenant, Charger, out _), "charger", "must be the name of a charger")
            .That(Charger is not null || caller.Scope.Covers(null), "charger", "is needed from who sees some sites only")
            .That(Charger is null || AlarmDefinitions.Find(Definition) is not { OfTenant: true }, "charger", "has no such alarm: it is the tenant's")
            .That(Until > now && Until <= now + longest, "until", $"must be in the future, within {longest.TotalDays:0} days")
            .That(Reason is not null, "reason", "is needed")
            .Text(Reason, "reason", 500)
            .ThrowIfAny();
        return new AlarmSuppression(
            0, maintenance ? SuppressionKind.Maintenance : SuppressionKind.Inhibited, Definition, Charger, maintenance ? caller.Alarms.Maintenance : AlarmLevels.All,
            Times.Storable(Until!.Value.ToUniversalTime()), Reason!, caller.FullName, now);
    }
}

/// <summary>What keeps alarms from being raised.</summary>
/// <param name="Levels">Alarms of other levels are raised all the same.</param>
public sealed record AlarmSuppressionView(
    long Id,
    string Kind,
    string? Definition,
    string? Charger,
    IReadOnlyList<int> Levels,
    DateTimeOffset Until,
    string Reason,
    string SetBy,
    DateTimeOffset SetAt)
{
    internal static AlarmSuppressionView Of(AlarmSuppression suppression) => new(
        suppression.Id, Words.Of(suppression.Kind), suppression.Definition, suppression.Charger, suppression.Levels.Levels, suppression.Until, suppression.Reason,
        suppression.SetBy, suppression.SetAt);
}
