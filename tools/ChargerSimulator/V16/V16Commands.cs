using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Settings;
using EvCharge.ChargerSimulator.Wire;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.LocalAuthListManagement;
using EvCharge.Ocpp.V16.RemoteTrigger;
using EvCharge.Ocpp.V16.Reservation;
using EvCharge.Ocpp.V16.Security;
using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.ChargerSimulator.V16;

/// <summary>Answers the CSMS's OCPP 1.6 commands from the charger's state. What a command sets off happens after its answer.</summary>
internal sealed class V16Commands
{
    private readonly ChargePoint _charger;
    private readonly FaultDice _dice;
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CommandReply>> _handlers;

    public V16Commands(ChargePoint charger, FaultDice dice)
    {
        _charger = charger;
        _dice = dice;
        var security = new SecurityCommands(charger);
        _handlers = new()
        {
            ["CertificateSigned"] = On<CertificateSignedRequest>(security.Signed),
            ["DeleteCertificate"] = On<DeleteCertificateRequest>(security.Delete),
            ["ExtendedTriggerMessage"] = On<ExtendedTriggerMessageRequest>(request =>
                request.RequestedMessage == ExtendedMessageTrigger.SignChargePointCertificate
                    ? security.AskForCertificate()
                    : Trigger(new TriggerMessageRequest(request.RequestedMessage, request.ConnectorId))),
            ["GetInstalledCertificateIds"] = On<GetInstalledCertificateIdsRequest>(security.List),
            ["InstallCertificate"] = On<InstallCertificateRequest>(security.Install),
            ["ChangeAvailability"] = On<ChangeAvailabilityRequest>(ChangeAvailability),
            ["ChangeConfiguration"] = On<ChangeConfigurationRequest>(ChangeConfiguration),
            ["CancelReservation"] = On<CancelReservationRequest>(CancelReservation),
            ["ClearCache"] = On<ClearCacheRequest>(_ => CommandReply.Of(new ClearCacheResponse(
                _charger.Tags.ClearCache() ? ClearCacheStatus.Accepted : ClearCacheStatus.Rejected))),
            ["ClearChargingProfile"] = On<ClearChargingProfileRequest>(request => Limited(
                new ClearChargingProfileResponse(_charger.Profiles.Clear(request)))),
            ["DataTransfer"] = On<DataTransferRequest>(_ => CommandReply.Of(new DataTransferResponse(DataTransferStatus.UnknownVendorId))),
            ["GetCompositeSchedule"] = On<GetCompositeScheduleRequest>(request => CommandReply.Of(_charger.Profiles.Compose(request))),
            ["GetConfiguration"] = On<GetConfigurationRequest>(GetConfiguration),
            ["GetLocalListVersion"] = On<GetLocalListVersionRequest>(_ => CommandReply.Of(new GetLocalListVersionResponse(_charger.Tags.Version))),
            ["RemoteStartTransaction"] = On<RemoteStartTransactionRequest>(RemoteStart),
            ["RemoteStopTransaction"] = On<RemoteStopTransactionRequest>(RemoteStop),
            ["ReserveNow"] = On<ReserveNowRequest>(ReserveNow),
            ["Reset"] = On<ResetRequest>(Reset),
            ["SendLocalList"] = On<SendLocalListRequest>(request => CommandReply.Of(new SendLocalListResponse(_charger.Tags.Update(request)))),
            ["SetChargingProfile"] = On<SetChargingProfileRequest>(request => Limited(
                new SetChargingProfileResponse(_charger.Profiles.Set(request)))),
            ["TriggerMessage"] = On<TriggerMessageRequest>(Trigger),
            ["UnlockConnector"] = On<UnlockConnectorRequest>(Unlock),
        };
    }

    public async Task AnswerAsync(ChargerLink link, Frame call)
    {
        var fault = _dice.ForCommand();
        var (frame, then) = Decide(call, fault);
        if (fault != CommandFault.LoseAnswer && await link.SendRawAsync(frame) && then is not null)
            _charger.Spawn(then);
    }

    private (byte[] Frame, Func<Task>? Then) Decide(Frame call, CommandFault fault)
    {
        if (fault is CommandFault.Reject or CommandFault.Fail)
            return (Refuse(call, fault), null);
        if (!_handlers.TryGetValue(call.Action, out var handler))
            return (FrameWriter.CallError(call.MessageId, ErrorCode.NotImplemented, $"{call.Action} is not implemented"), null);
        try
        {
            var reply = handler(call.Payload);
            return (FrameWriter.CallResult(call.MessageId, reply.Payload), reply.Then);
        }
        catch (OcppFault fault16)
        {
            return (FrameWriter.CallError(call.MessageId, fault16.Code, fault16.Message), null);
        }
    }

    // A charger that turns commands down says Rejected where the message has that status; elsewhere it fails the call.
    private static byte[] Refuse(Frame call, CommandFault fault) =>
        fault == CommandFault.Reject && call.Action is not ("ClearChargingProfile" or "GetConfiguration" or "GetLocalListVersion" or "SendLocalList" or "UnlockConnector")
            ? FrameWriter.CallResult(call.MessageId, """{"status":"Rejected"}"""u8)
            : FrameWriter.CallError(call.MessageId, ErrorCode.InternalError, "out of order");

    private CommandReply ChangeAvailability(ChangeAvailabilityRequest request)
    {
        var connectors = _charger.Connectors.Where(one => request.ConnectorId is 0 || one.Number == request.ConnectorId).ToList();
        if (connectors.Count == 0)
            return CommandReply.Of(new ChangeAvailabilityResponse(AvailabilityStatus.Rejected));
        var done = connectors.Where(one => one.ChangeAvailability(request.Type == AvailabilityType.Operative)).ToList();
        var status = done.Count == connectors.Count ? AvailabilityStatus.Accepted : AvailabilityStatus.Scheduled;
        return CommandReply.Of(new ChangeAvailabilityResponse(status), async () =>
        {
            foreach (var connector in done.Where(one => one.Session is null))
                await _charger.Says.ReportAsync(connector, connector.IdleStatus);
        });
    }

    /// <summary>The lag of the pilots counts from here, not from when somebody next reads a meter.</summary>
    private CommandReply Limited<T>(T response)
        where T : notnull
    {
        foreach (var connector in _charger.Connectors)
            connector.Pilot.Read();
        return CommandReply.Of(response);
    }

    /// <summary>With a new security profile the charger comes back at once; with a new password when it likes.</summary>
    private CommandReply ChangeConfiguration(ChangeConfigurationRequest request)
    {
        var profile = _charger.Settings.SecurityProfile;
        var status = _charger.Settings.Change(request.Key, request.Value);
        return CommandReply.Of(
            new ChangeConfigurationResponse(status.ToString()), _charger.Settings.SecurityProfile == profile ? null : _charger.RebootAsync);
    }

    private CommandReply GetConfiguration(GetConfigurationRequest request)
    {
        var wanted = request.Key is { Count: > 0 } names ? names : [.. _charger.Settings.Readable.Select(key => key.Name)];
        List<KeyValue> known = [];
        List<string> unknown = [];
        foreach (var name in wanted)
        {
            if (_charger.Settings.Find(name) is { } key)
                known.Add(new(key.Name, !key.Writable, key.Value));
            else
                unknown.Add(name);
        }

        return CommandReply.Of(new GetConfigurationResponse(known, unknown.Count > 0 ? unknown : null));
    }

    private CommandReply RemoteStart(RemoteStartTransactionRequest request)
    {
        var started = _charger.StartRemotely(request.ConnectorId, request.IdTag);
        return CommandReply.Of(new RemoteStartTransactionResponse(started ? RemoteStartStopStatus.Accepted : RemoteStartStopStatus.Rejected));
    }

    private CommandReply RemoteStop(RemoteStopTransactionRequest request)
    {
        var session = _charger.Connectors.FirstOrDefault(one => one.TransactionId == request.TransactionId)?.Session;
        session?.Stop(StopReason.Remote);
        return CommandReply.Of(new RemoteStopTransactionResponse(
            session is null ? RemoteStartStopStatus.Rejected : RemoteStartStopStatus.Accepted));
    }

    private CommandReply ReserveNow(ReserveNowRequest request)
    {
        var expiry = request.ExpiryDate.Value ?? throw new OcppFault(ErrorCode.TypeConstraintViolation, "expiryDate");
        var (status, changed) = _charger.Reservations.Reserve(request.ReservationId, request.ConnectorId, request.IdTag, expiry);
        return CommandReply.Of(new ReserveNowResponse(status), () => ForEach(changed, one => _charger.Says.ReportAsync(one, one.IdleStatus)));
    }

    private CommandReply CancelReservation(CancelReservationRequest request)
    {
        var (known, freed) = _charger.Reservations.Cancel(request.ReservationId);
        var status = known ? CancelReservationStatus.Accepted : CancelReservationStatus.Rejected;
        return CommandReply.Of(new CancelReservationResponse(status), () => ForEach(freed, one => _charger.Says.ReportAsync(one, one.IdleStatus)));
    }

    private CommandReply Reset(ResetRequest request)
    {
        _charger.StopSessions(request.Type == ResetType.Hard ? StopReason.HardReset : StopReason.SoftReset);
        return CommandReply.Of(new ResetResponse(ResetStatus.Accepted), _charger.RebootAsync);
    }

    private CommandReply Unlock(UnlockConnectorRequest request)
    {
        if (_charger.Connectors.FirstOrDefault(one => one.Number == request.ConnectorId) is not { } connector)
            return CommandReply.Of(new UnlockConnectorResponse(UnlockStatus.NotSupported));
        connector.Session?.Stop(StopReason.UnlockCommand);
        return CommandReply.Of(new UnlockConnectorResponse(UnlockStatus.Unlocked));
    }

    private CommandReply Trigger(TriggerMessageRequest request)
    {
        var connectors = _charger.Connectors.Where(one => request.ConnectorId is null || one.Number == request.ConnectorId).ToList();
        if (connectors.Count == 0)
            return CommandReply.Of(new TriggerMessageResponse(TriggerMessageStatus.Rejected));
        return request.RequestedMessage switch
        {
            MessageTrigger.BootNotification => Triggered(_charger.Says.TellBootAsync),
            MessageTrigger.Heartbeat => Triggered(_charger.Says.TellHeartbeatAsync),
            MessageTrigger.StatusNotification => Triggered(() => ForEach(connectors, one => _charger.Says.ReportAsync(one, one.Status))),
            MessageTrigger.MeterValues => Triggered(() => ForEach(connectors, _charger.Says.TellMeterAsync)),
            _ => CommandReply.Of(new TriggerMessageResponse(TriggerMessageStatus.NotImplemented)),
        };
    }

    private static CommandReply Triggered(Func<Task> then) => CommandReply.Of(new TriggerMessageResponse(TriggerMessageStatus.Accepted), then);

    private static async Task ForEach(IEnumerable<Connector> connectors, Func<Connector, Task> tell)
    {
        foreach (var connector in connectors)
            await tell(connector);
    }

    private static Func<ReadOnlyMemory<byte>, CommandReply> On<T>(Func<T, CommandReply> handle) =>
        payload => handle(Payload.ReadStrict<T>(payload));
}
