using System.Text.Json;
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
        commands.MapGet("", Page).RequirePermission(Permission.ReadCommands)
            .WithName("listCommands").WithSummary("Commands, newest first, perhaps of one charger");
        commands.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadCommands)
            .WithName("getCommand").WithSummary("One command");
    }

    private static Task<Page<CommandView>> Page(
        Caller caller, string? charger, [AsParameters] PageRequest page, TransactionQueries queries) =>
        page.Read(
            List,
            (before, limit) => queries.Commands(caller.Tenant, charger, RowId.Read(before), limit),
            row => RowId.Write(row.Id),
            CommandView.Of);

    private static async Task<CommandView> Get(Caller caller, long id, TransactionQueries queries) =>
        CommandView.Of(await queries.Command(caller.Tenant, id) ?? throw ApiFault.NotFound("There is no such command."));
}

/// <summary>A command to a charger.</summary>
/// <param name="Status">pending, sent, answered, error, timeout, offline or unknown.</param>
/// <param name="Payload">The request as sent; keys are masked.</param>
/// <param name="Result">The charger's answer; null until there is one.</param>
/// <param name="LatencyMs">From sending to the answer.</param>
/// <param name="Late">The answer came after the time-out.</param>
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
    bool Late)
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
