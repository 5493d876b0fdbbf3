using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.Domain.Sessions;
using EvCharge.Domain.Vehicles;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Connectors;
using EvCharge.Grains.Models;
using EvCharge.History.Chargers;
using EvCharge.History.Sessions;

namespace EvCharge.Grains.Frames;

/// <summary>
/// The charger as its handlers see it in a replay. Rules and handlers are those of the grains. What was decided outside of
/// them comes from the log: the tag's status and the transaction's number, as the charger was told. Site and vehicle of a
/// transaction were configuration at the time and are taken from the record. What the charger leaves out of its messages is
/// filled in by the model that it said last, and by its settings of today.
/// </summary>
internal sealed class ReplayShell(
    ChargerId id, ReplayRecord record, ReceivedFacts received, IReadOnlyDictionary<int, Transaction> stored, SessionPolicy policy,
    DateTimeOffset begin, ChargerQuirks quirks, TimeProvider time) : IChargerShell
{
    private readonly SortedDictionary<int, SessionState> _connectors = [];
    private readonly OpenTransactions _open = new();
    private TagDecision _decision = TagDecision.Invalid;
    private bool _accepted;
    private string _messageId = "";

    public ChargerId Id => id;

    /// <summary>A transaction from before the stretch that one of its messages stopped; null without one.</summary>
    public Transaction? StoppedFromBefore { get; private set; }

    public bool Adopted => true;

    public string Site { get; private set; } = "";

    public int HeartbeatSeconds => 0;

    public TimeProvider Time => time;

    public MessageQuirks Quirks => quirks.Messages;

    /// <summary>Has the rules that wait for time alone do what was due by then, and serves the call.</summary>
    /// <returns>The answer's payload.</returns>
    /// <exception cref="Ocpp.OcppFault">The call would be refused.</exception>
    public async Task<ReadOnlyMemory<byte>> Serve(AnsweredCall answered)
    {
        await Pass(answered.Call.ReceivedAt);
        _messageId = answered.Call.MessageId;
        Learn(answered.Answer);
        return await Protocols.Replay(answered.OcppVersion, this, answered.Call);
    }

    /// <summary>Lets time go by.</summary>
    public async Task Pass(DateTimeOffset until)
    {
        foreach (var (number, state) in _connectors.ToArray())
        {
            if (SessionMachine.NextDue(state, policy) is { } due && due <= until)
            {
                await Apply(new TimePassed(new ConnectorId(id, number), due));
            }
        }
    }

    public ValueTask<TagDecision> Authorize(IdTag tag) => new(_decision);

    public ValueTask<TagDecision> AuthorizeStart(IdTag tag, StartAttempt start) => new(_decision);

    public ValueTask<TagDecision?> StandingOf(IdTag tag) => new(_decision);

    /// <summary>Groups were configuration at the time; the record tells whether this stop was taken for that of its transaction.</summary>
    public ValueTask<bool> SameGroup(IdTag one, IdTag other) => new(stored.Values.Any(transaction => transaction.StopMessageId == _messageId));

    public async ValueTask<SessionAnswer> Apply(SessionEvent happened)
    {
        var (connector, number) = (happened.Connector, happened.Connector.Number);
        if (!_connectors.TryGetValue(number, out var state))
        {
            state = SessionState.Empty with { Status = await received.StatusAt(connector, begin) ?? ConnectorStatus.Never };
        }

        var facts = await SessionSteps.FactsFor(record, connector, state, happened);
        var decision = SessionMachine.On(state, happened, facts, policy);
        var committed = await record.Commit(id.Tenant, decision.Effects);
        (_connectors[number], var answer) = SessionSteps.Adopt(state, happened, decision, committed);
        _open.Saw(number, _connectors[number].Open);
        return new SessionAnswer(SessionOutcome.Durable, answer, _connectors[number].Open);
    }

    /// <summary>Only a charger with one connector was believed without naming it.</summary>
    public bool HasOneConnector => true;

    /// <summary>Vehicles were configuration at the time: the answer tells whether one was found, the record which one.</summary>
    public async ValueTask<bool> Identify(ConnectorId connector, VehicleIdentity identity, OcppFrame call)
    {
        var running = _connectors.TryGetValue(connector.Number, out var state) ? VehicleRules.RunningOf(state) : null;
        var charged = running is not null
            ? stored.GetValueOrDefault(running.OcppId)
            : stored.Values.Where(each => each.Connector == connector && each.ReceivedAt >= call.ReceivedAt).MinBy(each => each.ReceivedAt);
        if (_accepted && charged?.Vehicle is { } vehicle)
        {
            await Apply(new VehicleIdentified(connector, call.ReceivedAt, vehicle));
        }

        return _accepted;
    }

    public int? ConnectorOf(long ocppId) => _open.ConnectorOf(ocppId);

    public async Task<Transaction?> FindTransaction(int ocppId)
    {
        var found = await record.FindByOcppId(id, ocppId);
        if (found is { StopMessageId: { } stop } && found.ReceivedAt < begin && stop == _messageId)
        {
            StoppedFromBefore = found;
        }

        return found;
    }

    public Task<IReadOnlyList<Transaction>> FindOpenTransactions() => record.FindOpen(id);

    // What follows is kept beside transactions and samples, and is no part of what a replay compares.
    public Task RecordOrphan(OrphanRecorded orphan) => Task.CompletedTask;

    public Task Started(ReservationUse start) => Task.CompletedTask;

    public Task Reported(OcppFrame call, string action, string status, int? requestId = null) => Task.CompletedTask;

    /// <summary>No fact of a session comes of it.</summary>
    public ValueTask<bool> SignCertificate(string request, OcppFrame call) => new(true);

    public Task RecordEvent(string kind, OcppFrame call, string detail, string? subject = null) => Task.CompletedTask;

    public Task RecordBoot(BootRecord boot)
    {
        quirks.Booted(boot.Identity);
        return Task.CompletedTask;
    }

    /// <summary>The number that an answer gives a transaction; null when it gives none.</summary>
    public static int? TransactionIn(ReadOnlyMemory<byte> answer)
    {
        using var payload = JsonDocument.Parse(answer);
        return payload.RootElement.TryGetProperty("transactionId", out var number) && number.TryGetInt32(out var ocppId) ? ocppId : null;
    }

    private void Learn(ReadOnlyMemory<byte> answer)
    {
        var ocppId = TransactionIn(answer) ?? 0;
        var transaction = stored.GetValueOrDefault(ocppId);
        record.Ids = new TransactionIds(transaction?.Id ?? -ocppId, ocppId);
        Site = transaction?.Site ?? "";
        _accepted = WasAccepted(answer);
        _decision = new TagDecision(StatusIn(answer), Vehicle: transaction?.Vehicle);
    }

    private static bool WasAccepted(ReadOnlyMemory<byte> answer)
    {
        using var payload = JsonDocument.Parse(answer);
        return payload.RootElement.TryGetProperty("status", out var status) && status.ValueEquals("Accepted");
    }

    private static string StatusIn(ReadOnlyMemory<byte> answer)
    {
        using var payload = JsonDocument.Parse(answer);
        return payload.RootElement.TryGetProperty("idTagInfo", out var tag) && tag.TryGetProperty("status", out var status)
            ? status.GetString() ?? TagDecision.Invalid.Status
            : TagDecision.Invalid.Status;
    }
}
