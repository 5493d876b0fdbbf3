using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.Domain.Sessions;
using EvCharge.Domain.Vehicles;
using EvCharge.Grains.Chargers.Asserted;
using EvCharge.Grains.Models;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain as its protocol handlers and its command queue see it.</summary>
internal sealed partial class ChargerGrain
{
    private const int MostConnectors = 64;

    public bool Adopted => _charger is not null;

    public string Site => _charger?.Site ?? "";

    public int HeartbeatSeconds => options.Value.HeartbeatSeconds;

    public TimeProvider Time => time;

    public MessageQuirks Quirks => _quirks.Messages;

    public ValueTask<TagDecision> Authorize(IdTag tag) => _authorization.Authorize(tag);

    public ValueTask<TagDecision> AuthorizeStart(IdTag tag, StartAttempt start) => _authorization.AuthorizeStart(tag, start);

    public ValueTask<TagDecision?> StandingOf(IdTag tag) => _authorization.StandingOf(tag);

    public async ValueTask<AnswerOutcome> AnswerAuthorization(long requestId, string status, string answeredBy) =>
        await _authorization.Answer(requestId, status, answeredBy);

    public ValueTask<bool> SameGroup(IdTag one, IdTag other) => _authorization.SameGroup(one, other);

    public async ValueTask<SessionAnswer> Apply(SessionEvent happened)
    {
        var number = happened.Connector.Number;
        var answer = await Connector(number).Apply(happened);
        if (answer.Outcome == SessionOutcome.Stale)
        {
            // Another activation wrote meanwhile; the connector deactivated itself and a fresh one decides on new facts.
            answer = await Connector(number).Apply(happened);
        }

        if (answer.Outcome != SessionOutcome.Durable)
        {
            throw new HistoryUnavailableException($"{happened.GetType().Name} of {happened.Connector} is not durable.");
        }

        _open.Saw(number, answer.Open);
        _limits.Saw(happened, answer.Open);
        return answer;
    }

    public bool HasOneConnector => _charger is { Connectors.Count: 1 };

    public async ValueTask<bool> Identify(ConnectorId connector, VehicleIdentity identity, OcppFrame call)
    {
        if (await configuration.FindVehicle(Id.Tenant, identity.Spellings) is { } vehicle)
        {
            await Apply(new VehicleIdentified(connector, call.ReceivedAt, vehicle));
            return true;
        }

        await RecordEvent(
            "vehicle-unknown", call, $"{identity} was identified at connector {connector.Number}; not exactly one vehicle on record has it.");
        return false;
    }

    public int? ConnectorOf(long ocppId) => _open.ConnectorOf(ocppId);

    public Task<Transaction?> FindTransaction(int ocppId) => sessions.FindByOcppId(Id, ocppId);

    public Task<IReadOnlyList<Transaction>> FindOpenTransactions() => sessions.FindOpen(Id);

    public Task RecordOrphan(OrphanRecorded orphan) => sessions.Commit(Id.Tenant, [orphan]);

    public Task RecordBoot(BootRecord boot)
    {
        // Of two boots the later one stands, also when the clock of the silo that served the one before was ahead.
        var at = state.State.BootedAt is { } before && before >= boot.At ? before.AddMilliseconds(1) : boot.At;
        boot = boot with { At = at };
        state.State.Take(boot, Version);
        _quirks.Booted(state.State.Identity);
        _quirks.Learned(state.State.Learned);
        if (_quirks.LacksSiteZone)
        {
            _configurationReadAt = default;
        }

        _assertion.OnConnected();
        _reservations.OnBooted();
        _limits.Show();
        return _facts.Keep("boot", () => WriteBoot(boot));
    }

    public Task Reported(OcppFrame call, string action, string status, int? requestId = null) =>
        _followUps.Reported(
            call, action, status,
            command => requestId is null || (Protocols.RequestOf(Version, command) as INumberedRequest)?.RequestId == requestId);

    public Task RecordEvent(string kind, OcppFrame call, string detail, string? subject = null)
    {
        var happened = new EventRecord(call.ReceivedAt, kind, Id.Name, detail) { Subject = subject };
        return _facts.Keep($"{kind} {call.MessageId}", () => chargerLog.RecordEvent(Id.Tenant, happened));
    }

    public Task Started(ReservationUse start) => _reservations.OnStarted(start);

    public Task<bool> Settled(TimeSpan patience) => _settling.Settled(patience);

    public void Sent(CommandRecord command)
    {
        if (Protocols.RequestOf(Version, command) is ITrigger trigger)
        {
            _followUps.Expect(command.Id, trigger);
        }
    }

    public void Answered(CommandRecord command)
    {
        _assertion.OnAnswered(command);
        _reservations.OnAnswered(command);
    }

    public string? Validate(string action, ReadOnlyMemory<byte> result) => Protocols.ValidateResponse(Version, action, result, _deviations, time.GetUtcNow());

    public bool IsIdempotent(string action) => Protocols.IsIdempotent(Version, action);

    private StateAssertion Assertion()
    {
        var asserting = new AssertingCommands(_commands);
        IStateDialect Dialect() => Protocols.StateOf(Version);
        IListDialect Lists() => Protocols.ListOf(Version);
        var keys = new KeyReader(Id, desiredState, asserting, Dialect, time);
        _cache = new CacheState(Id, tags, localLists, keys, asserting, Lists, _facts, time);
        _list = new ListState(Id, tags, localLists, keys, asserting, Lists, _facts, listOptions.Value, () => state.State.Firmware ?? "", time);
        return new StateAssertion(
            Id,
            _settling,
            logger,
            new KeyState(Id, desiredState, keys, Dialect, _facts, time),
            new AvailabilityState(Id, desiredState, asserting, Dialect, StatusOf),
            new ProfileState(
                Id, profiles, asserting, () => Protocols.ProfileOf(Version), _facts, () => state.State.BootedAt, () => _limits.IsLimited, time),
            _cache,
            _list);
    }

    /// <summary>Kept, since the runtime looks through the attributes of the interface for each reference that it makes.</summary>
    private IConnectorGrain Connector(int number)
    {
        if (_connectors.TryGetValue(number, out var known))
        {
            return known;
        }

        var connector = GrainFactory.GetGrain<IConnectorGrain>(new ConnectorId(Id, number).ToString());
        if (_connectors.Count < MostConnectors) // A charger may name any number.
        {
            _connectors.Add(number, connector);
        }

        return connector;
    }

    private async Task<string?> StatusOf(int connector) => (await Connector(connector).Snapshot()).Status.Status;

    private void Saw(DateTimeOffset at)
    {
        _presence.Sign();
        _lastSeen = at;
        seen.Saw(Id, at);
    }

    private async Task WriteBoot(BootRecord boot)
    {
        await WriteState();
        await chargerLog.RecordBoot(Id, boot);
    }
}
