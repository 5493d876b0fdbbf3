using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// A charge point: holds its connection, turns frames into events for its connectors, and sends it commands. What the
/// frames mean is said by the handlers of their OCPP version.
/// </summary>
internal sealed partial class ChargerGrain(
    [PersistentState("charger")] IPersistentState<ChargerState> state,
    SessionLog sessions,
    CommandLog commandLog,
    ChargerLog chargerLog,
    ConfigurationStore configuration,
    LastSeenBoard seen,
    IOptions<ChargerOptions> options,
    TimeProvider time,
    ILocalSiloDetails silo,
    ILogger<ChargerGrain> logger) : Grain, IChargerGrain, IChargerShell, ICommandLine
{
    private static readonly TimeSpan ConfigurationFreshness = TimeSpan.FromMinutes(1);
    private readonly ConnectionFence _fence = new();
    private readonly RecentAnswers _recent = new();
    private readonly OpenTransactions _open = new();
    private CommandQueue _commands = null!;
    private DeviationLog _deviations = null!;
    private ChargerConfiguration? _charger;
    private bool _strict;
    private DateTimeOffset _configurationReadAt;
    private DateTimeOffset? _lastSeen;

    public ChargerId Id { get; private set; }

    public bool Adopted => _charger is not null;

    public string Site => _charger?.Site ?? "";

    public int HeartbeatSeconds => options.Value.HeartbeatSeconds;

    public TimeProvider Time => time;

    public bool Attached => _fence.Current is not null;

    private string Version => _fence.Current?.OcppVersion ?? state.State.OcppVersion ?? Protocols.Default;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Id = ChargerId.FromKey(this.GetPrimaryKeyString());
        _commands = new CommandQueue(Id, this, commandLog, options.Value, time, logger);
        _deviations = new DeviationLog(Id, chargerLog, logger);
        await ReadConfiguration();
        foreach (var transaction in await sessions.FindOpen(Id))
        {
            _open.Saw(transaction.Connector.Number, transaction);
        }

        await _commands.Restore();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_fence.Current is { } connection)
        {
            await connection.Gateway.Rebind(Id, connection.Epoch);
        }

        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown)
        {
            return; // The connectors live on the same silo and go down by themselves.
        }

        foreach (var number in _open.Connectors)
        {
            await Connector(number).Cast<IGrainManagementExtension>().DeactivateOnIdle(cancellationToken);
        }
    }

    public async ValueTask<AttachResult> Attach(AttachRequest request, IGatewayObserver gateway)
    {
        var won = _fence.TryBind(request, gateway, time.GetUtcNow());
        var superseded = _fence.Superseded;
        var holder = _fence.Current;
        if (won)
        {
            DelayDeactivation(Timeout.InfiniteTimeSpan);
            if (superseded is not null)
            {
                _commands.OnDetached();
                await superseded.Gateway.Close(Id, superseded.Epoch, CloseReason.Superseded);
                LogSuperseded(logger, Id, superseded.Epoch, superseded.RemoteAddress, request.RemoteAddress);
            }

            _commands.OnAttached();
            await Keep(() => chargerLog.RecordConnection(Id, online: true, time.GetUtcNow(), request.OcppVersion, request.RemoteAddress));
            if (superseded is not null)
            {
                await Keep(() => chargerLog.RecordEvent(Id.Tenant, new EventRecord(
                    time.GetUtcNow(), "connection-superseded", Id.Name,
                    $"A connection from {request.RemoteAddress} took over from {superseded.RemoteAddress}.")));
            }
        }

        var epoch = holder?.Epoch ?? new Epoch(0);
        return new AttachResult(won, epoch, silo.SiloAddress.ToParsableString(), _open.Any);
    }

    public async ValueTask Detach(Epoch epoch)
    {
        if (_fence.TryRelease(epoch))
        {
            _commands.OnDetached();
            DelayDeactivation(TimeSpan.Zero);
            await Keep(() => chargerLog.RecordConnection(Id, online: false, time.GetUtcNow(), null, null));
        }
    }

    public async ValueTask<OcppReply> Receive(Epoch epoch, OcppFrame call)
    {
        if (_fence.Current is not { } connection || epoch.Value > connection.Epoch.Value)
        {
            return OcppReply.NotAttached;
        }

        if (epoch != connection.Epoch)
        {
            return OcppReply.StaleSession;
        }

        Saw(call.ReceivedAt);
        if (_recent.Find(call) is { } repeated)
        {
            return repeated;
        }

        if (time.GetUtcNow() - _configurationReadAt >= ConfigurationFreshness)
        {
            await Keep(ReadConfiguration);
        }

        try
        {
            var reply = await Protocols.Handle(connection.OcppVersion, this, call, _strict, _deviations);
            if (!IsIdempotent(call.Action))
            {
                _recent.Add(call, reply);
            }

            return reply;
        }
        catch (HistoryUnavailableException)
        {
            return OcppReply.Unanswered;
        }
    }

    public async ValueTask ReceiveResult(Epoch epoch, OcppFrame result)
    {
        if (_fence.Current?.Epoch == epoch)
        {
            Saw(result.ReceivedAt);
            await _commands.OnAnswer(result);
        }
    }

    public async ValueTask<SubmitResult> Submit(ChargerCall call)
    {
        if (!Adopted && await RefreshedConfiguration() is null)
        {
            return new SubmitResult(null, new Refusal(RefusalKind.NotFound, "No such charger."));
        }

        if (_commands.IsFull)
        {
            return new SubmitResult(null, new Refusal(RefusalKind.QueueFull, "Too many commands wait for this charger."));
        }

        var refusal = Protocols.Canonicalise(Version, call, out var canonical);
        return refusal is not null
            ? new SubmitResult(null, refusal)
            : new SubmitResult(await _commands.Submit(call with { Payload = canonical }), null);
    }

    public async ValueTask<CommandSnapshot?> WaitFor(long commandId, TimeSpan patience)
    {
        if (_commands.Find(commandId) is not { } command)
        {
            return null;
        }

        try
        {
            await command.Ended.WaitAsync(patience < CommandPatience ? patience : CommandPatience, time);
        }
        catch (TimeoutException)
        {
            // The snapshot says that it is still open; the caller asks again.
        }

        return command.Snapshot();
    }

    public async ValueTask<ChargerSnapshot> Snapshot()
    {
        var connectors = await Task.WhenAll(
            (_charger?.Connectors ?? []).Select(async connector => await Connector(connector.Connector).Snapshot()));
        return new ChargerSnapshot(
            Attached, _fence.Current?.Epoch ?? new Epoch(0), _lastSeen, _fence.Current?.OcppVersion,
            state.State.BootedAt is not null, [.. connectors]);
    }

    public async ValueTask Reload()
    {
        var adopted = Adopted;
        await Keep(ReadConfiguration);
        if (adopted && !Adopted && _fence.Current is { } connection)
        {
            await connection.Gateway.Close(Id, connection.Epoch, CloseReason.Revoked);
        }
    }

    public async ValueTask Sweep()
    {
        foreach (var number in _open.Connectors)
        {
            await Apply(new TimePassed(new ConnectorId(Id, number), time.GetUtcNow()));
        }
    }
}
