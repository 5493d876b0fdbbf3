using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.V16;
using EvCharge.ChargerSimulator.Wire;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.Security;

namespace EvCharge.ChargerSimulator;

/// <summary>What a charger says on its own, and the faults that strike while it says it.</summary>
internal sealed class Conversation(ChargePoint charger, ConnectionLoop connection, FaultDice dice)
{
    private int _malformed;
    private volatile byte[]? _lastFrame;

    private V16Dialect Dialect => charger.Dialect;

    public Task<CallOutcome> CallAsync(ChargerLink link, string action, byte[] payload)
    {
        var id = Guid.NewGuid().ToString();
        return SendAsync(link, id, FrameWriter.Call(id, action, payload));
    }

    public async Task<CallOutcome> SendAsync(ChargerLink link, string messageId, byte[] frame)
    {
        var fault = dice.ForFrame();
        if (fault == Fault.Malformed)
            await link.SendRawAsync(MalformedFrames.At(Interlocked.Increment(ref _malformed)));

        // Before it is sent: whoever has received it may ask for the replay at once.
        _lastFrame = frame;
        return await link.CallAsync(messageId, frame, () => StrikeAsync(link, fault, frame));
    }

    public async Task<bool> ReplayAsync() =>
        connection.Link is { } link && _lastFrame is { } frame && await link.SendRawAsync(frame);

    /// <summary>Null when the CSMS gave no answer to read.</summary>
    public async Task<BootAnswer?> BootAsync(ChargerLink link)
    {
        var outcome = await CallAsync(link, V16Dialect.BootAction, Dialect.Boot());
        if (!outcome.IsAnswered)
            return null;
        var answer = V16Dialect.ReadBoot(outcome.Payload);
        if (answer.IsAccepted && charger.Options.Heartbeat is null && answer.Interval > TimeSpan.Zero)
            charger.Settings.HeartbeatInterval = answer.Interval;
        return answer;
    }

    /// <summary>False when the CSMS is mute, which to a charger is a dead connection.</summary>
    public async Task<bool> HeartbeatAsync(ChargerLink link) =>
        (await CallAsync(link, V16Dialect.HeartbeatAction, V16Dialect.Heartbeat())).Status != CallStatus.TimedOut;

    /// <summary>Tells the status of the charger (connector 0) and of every connector.</summary>
    public async Task AnnounceAsync(ChargerLink link)
    {
        await CallAsync(link, V16Dialect.StatusAction, Dialect.Status(0, ChargePointStatus.Available));
        foreach (var connector in charger.Connectors)
            await TellStatusAsync(link, connector);
    }

    /// <summary>Takes on a status and tells it if online; an offline charger tells its status when it is back (§4.9).</summary>
    public async Task ReportAsync(Connector connector, string status)
    {
        connector.Status = status;
        if (await connection.IfOnlineAsync() is { } link)
            await TellStatusAsync(link, connector);
    }

    /// <summary>
    /// Whether the tag may charge: by the CSMS, or when it cannot be asked by the charger's local list and cache, or else by its
    /// rule for tags that it does not know.
    /// </summary>
    public async Task<bool> AuthorizeAsync(string idTag, CancellationToken stop)
    {
        if (charger.Settings.LocalPreAuthorize && charger.Tags.Knows(idTag) is true)
            return true;
        while (true)
        {
            if (await connection.IfOnlineAsync() is { } link)
            {
                var outcome = await CallAsync(link, V16Dialect.AuthorizeAction, V16Dialect.Authorize(idTag));
                if (outcome.IsAnswered)
                {
                    var info = V16Dialect.ReadAuthorize(outcome.Payload);
                    charger.Tags.Learn(idTag, info);
                    return V16Dialect.IsAccepted(info);
                }

                if (outcome.Status == CallStatus.Refused)
                    return false;
            }

            if (charger.Tags.Knows(idTag) is { } known)
                return known && charger.Settings.LocalAuthorizeOffline;
            if (charger.Settings.LocalAuthorizeOffline)
                return true;
            await connection.OnlineAsync(stop);
        }
    }

    /// <summary>BootNotification on demand: cuts the wait of a pending charger short, repeats the data of an accepted one.</summary>
    public async Task TellBootAsync()
    {
        if (await connection.IfOnlineAsync() is { } link)
            await BootAsync(link);
        else
            connection.BootNow();
    }

    public async Task TellHeartbeatAsync()
    {
        if (await connection.IfOnlineAsync() is { } link)
            await HeartbeatAsync(link);
    }

    public async Task RequestCertificateAsync()
    {
        var request = new SignCertificateRequest(charger.Certificates.Request(charger.Identity, charger.Settings.CpoName));
        if (await connection.IfOnlineAsync() is { } link)
            await CallAsync(link, "SignCertificate", Payload.Write(request));
    }

    public async Task TellSecurityAsync(string what)
    {
        var request = new SecurityEventNotificationRequest(what, OcppTimestamp.At(charger.Options.Clock.GetUtcNow()));
        if (await connection.IfOnlineAsync() is { } link)
            await CallAsync(link, "SecurityEventNotification", Payload.Write(request));
    }

    public async Task TellMeterAsync(Connector connector)
    {
        if (await connection.IfOnlineAsync() is { } link)
            await CallAsync(link, V16Dialect.SampleAction, V16Dialect.Triggered(connector.Number, connector.TransactionId, connector.Meter.Read()));
    }

    private async Task TellStatusAsync(ChargerLink link, Connector connector) =>
        await CallAsync(link, V16Dialect.StatusAction, Dialect.Status(connector.Number, connector.Status));

    private Task StrikeAsync(ChargerLink link, Fault fault, byte[] frame)
    {
        switch (fault)
        {
            case Fault.Reset or Fault.Drop:
                link.Cut(reset: fault == Fault.Reset);
                break;
            case Fault.Replay:
                return link.SendRawAsync(frame);
            case Fault.Silence:
                charger.FallSilent(charger.Options.Faults.Length);
                break;
            case Fault.Offline:
                charger.GoOffline(charger.Options.Faults.Length);
                break;
        }

        return Task.CompletedTask;
    }
}
