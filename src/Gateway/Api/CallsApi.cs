using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.Security;
using EvCharge.Ocpp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>OCPP calls to a charger: any operation of its version, with the OCPP payload as body.</summary>
internal static class CallsApi
{
    public static void MapCalls(this IEndpointRouteBuilder api) =>
        api.MapPost("/chargers/{charger}/calls/{action}", Call).RequirePermission(Permission.SendCalls)
            .Accepts<JsonElement>("application/json")
            .Produces<CallAnswer>()
            .Produces<CallAccepted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout)
            .WithTags("Commands").WithName("callCharger")
            .WithSummary("Send an OCPP call and wait for its answer; with async=true only take it")
            .WithDescription(
                "409 offline: the charger is not connected. 504 timeout: it did not answer in time; a late answer is still "
                + "recorded on the command. 502 unknown: the connection was lost before the answer, so whether the charger acted "
                + "cannot be known.");

    private static async Task<Results<Ok<CallAnswer>, Accepted<CallAccepted>>> Call(
        Caller caller,
        string charger,
        string action,
        [FromQuery(Name = "async")] bool? inBackground,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpContext http,
        CommandDispatch commands,
        PasswordRotation passwords,
        ProfileRaise profiles)
    {
        var id = caller.Charger(charger);
        var payload = await CallPayload.Read(http.Request);
        OperatorCalls.EnsureAllowed(caller, action, payload);
        Ids.CheckIdempotencyKey(idempotencyKey);
        var call = new ChargerCall(action, payload, caller.Name, idempotencyKey);
        var change = SecretCall.PasswordIn(action, payload) is { } password ? await passwords.Begin(id, password, call, http.RequestAborted) : null;
        var raised = ProfileRaise.ProfileIn(action, payload);
        var commandId = change?.CommandId ?? await (raised is { } profile
            ? profiles.Begin(id, profile, () => Begin(id, call, commands, http.RequestAborted))
            : Begin(id, call, commands, http.RequestAborted));
        if (inBackground is true)
        {
            return TypedResults.Accepted($"/api/v1/commands/{commandId}", new CallAccepted(commandId));
        }

        var ended = await (change is null ? commands.End(id, commandId, http.RequestAborted) : passwords.End(change, http.RequestAborted));
        if (raised is not null)
        {
            await profiles.End(id, ended);
        }

        return TypedResults.Ok(Answer(ended));
    }

    private static async Task<long> Begin(ChargerId charger, ChargerCall call, CommandDispatch commands, CancellationToken cancelled)
    {
        var submitted = await commands.Submit(charger, call, cancelled);
        return submitted.CommandId ?? throw Refused(submitted.Refusal);
    }

    internal static CallAnswer Answer(CommandSnapshot ended) => ended.Status switch
    {
        CommandStatus.Answered or CommandStatus.Error => CallAnswer.Of(ended),
        CommandStatus.Offline => throw Ended(StatusCodes.Status409Conflict, "offline", ended.ErrorDescription ?? "The charger is not connected."),
        CommandStatus.Timeout => throw Ended(StatusCodes.Status504GatewayTimeout, "timeout", "The charger did not answer in time."),
        _ => throw Ended(StatusCodes.Status502BadGateway, "unknown", "The connection was lost: whether the charger acted is not known."),
    };

    private static ApiFault Ended(int status, string code, string text) => new(status, code, text);

    internal static ApiFault Refused(Refusal? refusal) => refusal switch
    {
        { Kind: RefusalKind.NotFound } => ApiFault.NotFound("There is no such charger."),
        { Kind: RefusalKind.UnknownAction } => ApiFault.Invalid(refusal.Field ?? "action", refusal.Text),
        { Kind: RefusalKind.InvalidPayload } => ApiFault.Invalid(refusal.Field ?? "", refusal.Text),
        { Kind: RefusalKind.Managed } => ApiFault.Conflict("managed", refusal.Text),
        { Kind: RefusalKind.QueueFull } => new ApiFault(StatusCodes.Status429TooManyRequests, "queue-full", refusal.Text)
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        },
        _ => throw new InvalidOperationException("A submission was neither taken nor refused."),
    };
}

/// <summary>How a charger answered a call.</summary>
/// <param name="Status">answered, or error for a CALLERROR.</param>
/// <param name="Result">The payload of the answer; null for an error.</param>
/// <param name="ErrorCode">OCPP error code; null for an answer.</param>
/// <param name="Description">What the charger says of its error.</param>
/// <param name="LatencyMs">From sending to the answer.</param>
public sealed record CallAnswer(
    string Status, JsonElement? Result, string? ErrorCode, string? Description, double? LatencyMs, long CommandId)
{
    internal static CallAnswer Of(CommandSnapshot ended) => new(
        Words.Of(ended.Status), StoredJson.Element(ended.Result), ended.ErrorCode, ended.ErrorDescription,
        ended.Latency?.TotalMilliseconds, ended.Id);
}

/// <summary>A call that was taken: <c>/api/v1/commands/{id}</c> tells how it goes on.</summary>
public sealed record CallAccepted(long CommandId);
