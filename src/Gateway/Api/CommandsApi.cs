using System.Text;
using System.Text.Json;
using EvCharge.Domain.Commands;
using EvCharge.Gateway.Security;
using EvCharge.History.Commands;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>What was sent to chargers and how it ended, newest first.</summary>
internal static class CommandsApi
{
    private const string List = "commands";

    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        var commands = api.MapGroup("/commands").WithTags("Commands");
        commands.MapGet("", Page).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .WithName("listCommands").WithSummary("Commands, newest first, perhaps of one charger");
        commands.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .WithName("getCommand").WithSummary("One command, with what the charger reported about it later");
    }

    private static Task<Page<CommandView>> Page(
        Caller caller, string? charger, [AsParameters] PageRequest page, TransactionQueries queries) =>
        page.Read(
            List,
            (before, limit) => queries.Commands(caller.Scope, charger, RowId.Read(before), limit),
            row => RowId.Write(row.Id),
            CommandView.Of);

    private static async Task<CommandView> Get(Caller caller, long id, TransactionQueries queries, FollowUpLog followUps)
    {
        var command = await queries.Command(caller.Scope, id) ?? throw ApiFault.NotFound("There is no such command.");
        var reports = await followUps.Of(caller.Tenant, id);
        return CommandView.Of(command) with { FollowUps = [.. reports.Select(FollowUpView.Of)] };
    }
}

/// <summary>A command to a charger.</summary>
/// <param name="Status">pending, sent, answered, error, timeout, offline or unknown.</param>
/// <param name="Payload">The request as sent; keys are masked.</param>
/// <param name="Result">The charger's answer; null until there is one.</param>
/// <param name="LatencyMs">From sending to the answer.</param>
/// <param name="Late">The answer came after the time-out.</param>
/// <param name="FollowUps">What the charger reported about it later, oldest first; null in a list.</param>
public sealed record CommandView(
    long Id,
    string Charger,
    string Action,
    string Status,
    JsonElement? Payload,
    JsonElement? Result,
    string? ErrorCode,
    string? ErrorDescription,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? EndedAt,
    double? LatencyMs,
    bool Late,
    IReadOnlyList<FollowUpView>? FollowUps = null)
{
    internal static CommandView Of(CommandRecord command) => new(
        command.Id,
        command.Charger.Name,
        command.Action,
        Words.Of(command.Status),
        SecretPayload.Masked(command.Action, command.Payload),
        StoredJson.Element(command.Result),
        command.ErrorCode,
        command.ErrorDescription,
        command.RequestedBy,
        command.RequestedAt,
        command.SentAt,
        command.EndedAt,
        (command.EndedAt - command.SentAt)?.TotalMilliseconds,
        command.Late);
}

/// <summary>A message by which a charger reports how something it was told to do goes, or that it was asked for.</summary>
/// <param name="Action">The message: FirmwareStatusNotification and so on.</param>
/// <param name="Status">The state it reports; empty for a message that was only asked for.</param>
public sealed record FollowUpView(DateTimeOffset At, string Action, string Status, JsonElement? Payload)
{
    internal static FollowUpView Of(FollowUp report) =>
        new(report.At, report.Action, report.Status, StoredJson.Element(Encoding.UTF8.GetBytes(report.Payload)));
}
