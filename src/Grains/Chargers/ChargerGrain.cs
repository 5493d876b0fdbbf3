using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Authorization;
using EvCharge.Grains.Certificates;
using EvCharge.Grains.Chargers.Asserted;
using EvCharge.Grains.Chargers.Limits;
using EvCharge.Grains.LocalLists;
using EvCharge.Grains.Models;
using EvCharge.Grains.Proxy;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.DesiredState;
using EvCharge.History.LocalLists;
using EvCharge.History.Proxy;
using EvCharge.History.Reservations;
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
    FollowUpLog followUpLog,
    ChargerLog chargerLog,
    ConfigurationStore configuration,
    DesiredStateStore desiredState,
    LocalListStore localLists,
    ProfileStore profiles,
    TagBook tags,
    TagWatch tagWatch,
    SiteWatch siteWatch,
    ReservationStore reservations,
    ProxyLog proxyLog,
    ChargerAuthorizations authorizations,
    ChargerModels models,
    CertificateSigner signer,
    LastSeenBoard seen,
    HistoryAvailability history,
    CommandInstruments instruments,
    IOptions<ChargerOptions> options,
    IOptions<LocalListOptions> listOptions,
    TimeProvider time,
    ILocalSiloDetails silo,
    ILogger<ChargerGrain> logger) : Grain, IChargerGrain, IChargerShell, ICommandLine
{
    private static readonly TimeSpan ConfigurationFreshness = TimeSpan.FromMinutes(1);
    private readonly ConnectionFence _fence = new();
    private readonly RecentAnswers _recent = new();
    private readonly OpenTransactions _open = new();
    private readonly SortedList<int, IConnectorGrain> _connectors = [];
    private ChargerAuthorization _authorization = null!;
    private CommandQueue _commands = null!;
    private DeviationLog _deviations = null!;
    private DeferredFacts _facts = null!;
    private FollowUps _followUps = null!;
    private ChargerQuirks _quirks = null!;
    private Settling _settling = null!;
    private StateAssertion _assertion = null!;
    private ListState _list = null!;
    private CacheState _cache = null!;
    private TagFollower _follower = null!;
    private ReservationDesk _reservations = null!;
    private Presence _presence = null!;
    private ProxyDesk _proxy = null!;
    private ChargerConfiguration? _charger;
    private bool _strict;
    private DateTimeOffset _configurationReadAt;
    private int _configurationReads;
    private int _configurationAdopted;
    private DateTimeOffset? _lastSeen;

    public ChargerId Id { get; private set; }

    public bool Attached => _fence.Current is not null;

    private string Version => _fence.Current?.OcppVersion ?? state.State.OcppVersion ?? Protocols.Default;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Id = ChargerId.FromKey(this.GetPrimaryKeyString());
        _authorization = authorizations.For(Id, GrainFactory);
        _facts = new DeferredFacts(Id, history, time, logger);
        _followUps = new FollowUps(Id, followUpLog, chargerLog, _facts, time);
        _quirks = new ChargerQuirks(models);
        _quirks.Booted(state.State.Identity);
        _quirks.Learned(state.State.Learned);
        _settling = new Settling(options.Value, _quirks, time);
        _commands = new CommandQueue(Id, this, commandLog, _facts, instruments, options.Value, time, logger);
        _limits = new LimitDesk(this, _commands, siteWatch, GrainFactory, time, logger);
        _assertion = Assertion();
        _follower = new TagFollower(Id, this.AsReference<IChargerGrain>(), () => _assertion.IsPending);
        _reservations = new ReservationDesk(Id, reservations, _commands, () => Protocols.StateOf(Version), _facts, time, logger);
        _deviations = new DeviationLog(Id, chargerLog, history, logger);
        _presence = new Presence(time, TimeSpan.FromSeconds(options.Value.PresenceSeconds));
        _proxy = new ProxyDesk(Id, proxyLog, () => Protocols.RelayOf(Version), GrainFactory);
        await ReadConfiguration();
        await ReadConnection();
        foreach (var transaction in await sessions.FindOpen(Id))
        {
            _open.Saw(transaction.Connector.Number, transaction);
        }

        await _commands.Restore();
        await _reservations.Restore();
        ScheduleLooks();
        _limits.Show();
        if (state.State.Fault is { } fault)
        {
            await TellOfFault(fault);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_fence.Current is { } connection)
        {
            await connection.Gateway.Rebind(Id, connection.Epoch);
        }

        tagWatch.Remove(_follower);
        _limits.Rest();
        await _facts.Write();
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown)
        {
            return; // The connectors live on the same silo and go down by themselves.
        }

        foreach (var number in _open.Connectors)
        {
            await Connector(number).Cast<IGrainManagementExtension>().DeactivateOnIdle(cancellationToken);
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

        // Facts are compared by when they came, so one clock has to say it: that of the silo, not of the gateways.
        call = call with { ReceivedAt = time.GetUtcNow() };
        Saw(call.ReceivedAt);
        if (_recent.Find(call) is { } repeated)
        {
            return repeated;
        }

        if (call.ReceivedAt - _configurationReadAt >= ConfigurationFreshness)
        {
            await TryReadConfiguration(ConfigurationPatience);
        }

        try
        {
            var reply = await Protocols.Handle(connection.OcppVersion, this, call, _strict, _deviations);
            if (reply.Frame is { Kind: OcppFrame.CallResult } result)
            {
                await _proxy.Served(call, result);
            }

            if (!IsIdempotent(call.Action))
            {
                _recent.Add(call, reply);
            }

            _settling.OnServed(call.Action);
            if (reply.Frame?.Kind == OcppFrame.CallResult)
            {
                await _followUps.Served(call);
            }

            return reply with { Accepted = Adopted && state.State.BootedAt is not null };
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
            Saw(time.GetUtcNow());
        }

        // By its id it is the answer to what this charger was sent, though the connection may have given way meanwhile.
        await _commands.OnAnswer(result);
    }

    public async ValueTask<ChargerSnapshot> Snapshot()
    {
        var connectors = await Connectors();
        return new ChargerSnapshot(
            Attached, _fence.Current?.Epoch ?? new Epoch(0), _lastSeen, _fence.Current?.OcppVersion,
            state.State.BootedAt is not null, [.. connectors]);
    }

    public async ValueTask Sweep()
    {
        await LookAfter();
        if (Attached)
        {
            Saw(time.GetUtcNow());
        }

        foreach (var number in _open.Connectors)
        {
            await Apply(new TimePassed(new ConnectorId(Id, number), time.GetUtcNow()));
        }
    }
}
