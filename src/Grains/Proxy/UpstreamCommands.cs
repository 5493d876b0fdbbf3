using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Grains.Chargers;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Proxy;
using EvCharge.Ocpp;
using Orleans.Runtime;

namespace EvCharge.Grains.Proxy;

/// <summary>Answers the commands of another system over one connection: refused by its role, or sent as any command of ours is.</summary>
internal sealed class UpstreamCommands(
    ProxyLinkConfiguration link, IRelayDialect dialect, IChargerGrain charger, ProxyServices services, Task connectionEnds)
{
    private static readonly byte[] NotOurs = """{"status":"Rejected"}"""u8.ToArray();
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Refusals that operators were told of: one event for each operation and connection.</summary>
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Makes the frame that answers a call. Whatever goes wrong is answered too.</summary>
    public async Task<byte[]> Answer(Frame call)
    {
        try
        {
            if (UpstreamPolicy.Relays(link.Role, call.Action))
            {
                return await Relay(call);
            }

            await Tell(call.Action);
            services.Instruments.Command(relayed: false);
            return UpstreamPolicy.Refusal(link.Role, call.Action) is { } refusal
                ? FrameWriter.CallResult(call.MessageId, refusal)
                : FrameWriter.CallError(call.MessageId, ErrorCode.SecurityError, "This system may not command the charger so.");
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException or OrleansException)
        {
            return FrameWriter.CallError(call.MessageId, ErrorCode.InternalError, "The command could not be processed.");
        }
        catch (OcppFault fault)
        {
            return FrameWriter.CallError(call.MessageId, fault.Code, fault.Message);
        }
    }

    private async Task<byte[]> Relay(Frame call)
    {
        if (await PayloadOf(call) is not { } payload)
        {
            services.Instruments.Command(relayed: false);
            return FrameWriter.CallResult(call.MessageId, NotOurs);
        }

        var submitted = await charger.Submit(new ChargerCall(call.Action, payload, $"proxy:{link.Id.Name}"));
        services.Instruments.Command(relayed: submitted.CommandId is not null);
        return submitted switch
        {
            { CommandId: { } id } => await Outcome(call, id),
            { Refusal: { Kind: RefusalKind.InvalidPayload } invalid } =>
                FrameWriter.CallError(call.MessageId, ErrorCode.PropertyConstraintViolation, $"{invalid.Field}: {invalid.Text}"),
            _ => FrameWriter.CallError(call.MessageId, ErrorCode.GenericError, submitted.Refusal?.Text ?? "The command was not taken."),
        };
    }

    /// <summary>What the charger is sent; null when it names a transaction that the system was not told of.</summary>
    private async Task<byte[]?> PayloadOf(Frame call)
    {
        using var document = JsonDocument.Parse(call.Payload);
        switch (call.Action)
        {
            case "RemoteStopTransaction":
                return Json.Integer(document.RootElement, "transactionId") is { } theirs
                    && await services.Log.TransactionOf(link.Id, theirs) is { } ours
                    ? dialect.Stop(ours).Payload
                    : null;
            case "RemoteStartTransaction" when document.RootElement.ValueKind == JsonValueKind.Object:
                // A profile of others could outrank the limits of the site.
                return Json.Write(writer =>
                {
                    foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.NameEquals("chargingProfile")))
                    {
                        member.WriteTo(writer);
                    }
                });
            default:
                return call.Payload.ToArray();
        }
    }

    private async Task<byte[]> Outcome(Frame call, long command)
    {
        var patience = TimeSpan.FromSeconds(services.Options.AnswerSeconds);
        for (var started = services.Time.GetTimestamp(); services.Time.GetElapsedTime(started) < patience && !connectionEnds.IsCompleted;)
        {
            var snapshot = await charger.WaitFor(command, LookEvery);
            if (snapshot is { Status: CommandStatus.Answered })
            {
                return FrameWriter.CallResult(call.MessageId, call.Action == "GetConfiguration" ? dialect.WithoutPassword(snapshot.Result) : snapshot.Result.Span);
            }

            if (snapshot is not { Status: CommandStatus.Pending or CommandStatus.Sent })
            {
                return FrameWriter.CallError(
                    call.MessageId, snapshot?.ErrorCode is { Length: > 0 } code ? code : ErrorCode.GenericError,
                    snapshot?.ErrorDescription ?? "The charger did not answer.");
            }
        }

        return FrameWriter.CallError(call.MessageId, ErrorCode.GenericError, "The charger did not answer in time.");
    }

    private async Task Tell(string action)
    {
        var shown = action.Length <= 50 ? action : action[..50];
        if (_told.Count < UpstreamPolicy.MostActions && _told.Add(shown))
        {
            await services.Chargers.RecordEvent(link.Id.Charger.Tenant, new EventRecord(
                services.Time.GetUtcNow(), "proxy-command-refused", link.Id.Charger.Name, $"{link.Id.Name} may not command {shown}."));
        }
    }
}
