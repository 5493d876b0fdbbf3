using System.Collections.Immutable;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain and its connection: which one holds the charger, whether it is still there, and what is on record of it.</summary>
internal sealed partial class ChargerGrain
{
    public async ValueTask<AttachResult> Attach(AttachRequest request, IGatewayObserver gateway)
    {
        EnsureState();
        var won = _fence.TryBind(request, gateway, time.GetUtcNow());
        var (holder, superseded) = (_fence.Current, _fence.Superseded);
        if (won)
        {
            DelayDeactivation(Timeout.InfiniteTimeSpan);
            if (superseded is not null)
            {
                _commands.OnDetached();
            }

            _settling.OnAttached(request.Rebind, state.State.BootedAt is not null, superseded is not null);
            _commands.OnAttached();
            tagWatch.Add(_follower);
            if (!request.Rebind)
            {
                _assertion.OnConnected();
                _reservations.OnConnected();
            }

            _limits.Show();
            _proxy.Wake(online: true);
            var recorded = Record(request.Rebind
                ? _presence.Stays(request.OcppVersion, request.RemoteAddress)
                : _presence.Came(request.OcppVersion, request.RemoteAddress));
            if (superseded is not null)
            {
                await superseded.Gateway.Close(Id, superseded.Epoch, CloseReason.Superseded);
                await RecordSuperseded(superseded, request.RemoteAddress);
            }

            await recorded;
        }

        return new AttachResult(won, holder?.Epoch ?? default, silo.SiloAddress.ToParsableString(), _open.Any, _quirks.Profile.Values.Ping == false);
    }

    public async ValueTask Detach(Epoch epoch)
    {
        if (_fence.TryRelease(epoch))
        {
            await OnDisconnected();
        }
    }

    public async ValueTask<Epoch?> Interrupt()
    {
        if (_fence.Current is not { } connection)
        {
            return null;
        }

        await connection.Gateway.Close(Id, connection.Epoch, CloseReason.Interrupted);
        return connection.Epoch;
    }

    public async ValueTask<DeliverResult?> Send(OcppFrame call)
    {
        if (_fence.Current is not { } connection)
        {
            return DeliverResult.UnknownConnection;
        }

        try
        {
            var delivered = await connection.Gateway.Deliver(Id, connection.Epoch, call);
            if (delivered == DeliverResult.UnknownConnection && _fence.Current == connection && _fence.TryRelease(connection.Epoch))
            {
                await OnDisconnected();
            }

            return delivered;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            // The gateway is gone or cannot be reached. Whether the frame reached the charger before is not known.
            LogGatewayLost(logger, Id, fault.Message);
            return null;
        }
    }

    public async ValueTask<ImmutableArray<LoggedFrame>?> RecentFrames()
    {
        if (_fence.Current is not { } connection)
        {
            return null;
        }

        try
        {
            return await connection.Gateway.RecentFrames(Id);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            LogGatewayLost(logger, Id, fault.Message);
            return null;
        }
    }

    private async Task ReadConnection()
    {
        var recorded = await chargerLog.FindConnection(Id);
        _presence.Load(recorded);
        if (recorded is not null)
        {
            _fence.Learn(recorded.At);
        }
    }

    private void ScheduleLooks()
    {
        var period = TimeSpan.FromSeconds(options.Value.PresenceSeconds / 2.0);
        this.RegisterGrainTimer(
            static (grain, _) => grain.LookAfter(), this, new GrainTimerCreationOptions(period, period) { Interleave = true });
    }

    /// <summary>Gives up a connection that gave no sign for too long, one only on record too, and writes what had to wait.</summary>
    private async Task LookAfter()
    {
        if (_presence.IsOverdue && _fence.Current is { } silent)
        {
            _fence.Forget();
            LogSilent(logger, Id, silent.Epoch);
        }

        if (_presence.IsOverdue)
        {
            await OnDisconnected();
        }

        _proxy.Wake(Attached); // the silo of a link may have gone
        await _facts.Write();
    }

    private Task OnDisconnected()
    {
        _settling.OnDetached();
        tagWatch.Remove(_follower);
        _commands.OnDetached();
        DelayDeactivation(TimeSpan.Zero);
        _limits.Show();
        _proxy.Wake(online: false);
        return Record(_presence.Went());
    }

    private Task Record(ConnectionRecord? change) => change is null
        ? _facts.Write()
        : _facts.Keep("connection", () => chargerLog.RecordConnection(Id, change.Online, change.At, change.OcppVersion, change.RemoteAddress));

    private Task RecordSuperseded(ChargerConnection superseded, string newAddress)
    {
        LogSuperseded(logger, Id, superseded.Epoch, superseded.RemoteAddress, newAddress);
        var happened = new EventRecord(
            time.GetUtcNow(), "connection-superseded", Id.Name,
            $"A connection from {newAddress} took over from {superseded.RemoteAddress}.");
        return _facts.Keep("superseded", () => chargerLog.RecordEvent(Id.Tenant, happened));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Charger}: connection {Epoch} from {OldAddress} gave way to a newer one from {NewAddress}")]
    private static partial void LogSuperseded(ILogger logger, ChargerId charger, Epoch epoch, string oldAddress, string newAddress);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: connection {Epoch} gave no sign for too long and counts as gone")]
    private static partial void LogSilent(ILogger logger, ChargerId charger, Epoch epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its gateway does not answer: {Reason}")]
    private static partial void LogGatewayLost(ILogger logger, ChargerId charger, string reason);
}
