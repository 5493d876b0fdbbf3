using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain as its protocol handlers and its command queue see it.</summary>
internal sealed partial class ChargerGrain
{
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(20);

    public ValueTask<TagDecision> Authorize(IdTag tag) => tag.IsNone
        ? new ValueTask<TagDecision>(TagDecision.Invalid)
        : GrainFactory.GetGrain<ITagGrain>($"{Id.Tenant}/{tag.Key}").Authorize(Site);

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
        return answer;
    }

    public int? ConnectorOf(long ocppId) => _open.ConnectorOf(ocppId);

    public Task<Transaction?> FindTransaction(int ocppId) => sessions.FindByOcppId(Id, ocppId);

    public Task<IReadOnlyList<Transaction>> FindOpenTransactions() => sessions.FindOpen(Id);

    public Task RecordOrphan(OrphanRecorded orphan) => sessions.Commit(Id.Tenant, [orphan]);

    public async Task RecordBoot(BootRecord boot)
    {
        state.State.Take(boot, Version);
        try
        {
            await state.WriteStateAsync();
            await chargerLog.RecordBoot(Id, boot);
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException)
        {
            LogNotKept(logger, Id, fault.Message);
        }
    }

    public async ValueTask<DeliverResult> Send(OcppFrame call)
    {
        if (_fence.Current is not { } connection)
        {
            return DeliverResult.UnknownConnection;
        }

        try
        {
            return await connection.Gateway.Deliver(Id, connection.Epoch, call);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            // The gateway died: its socket died with it, and the charger comes back by itself.
            LogGatewayLost(logger, Id, fault.Message);
            return DeliverResult.UnknownConnection;
        }
    }

    public string? Validate(string action, ReadOnlyMemory<byte> result) => Protocols.ValidateResponse(Version, action, result, _deviations, time.GetUtcNow());

    public bool IsIdempotent(string action) => Protocols.IsIdempotent(Version, action);

    private IConnectorGrain Connector(int number) => GrainFactory.GetGrain<IConnectorGrain>(new ConnectorId(Id, number).ToString());

    private void Saw(DateTimeOffset at)
    {
        _lastSeen = at;
        seen.Saw(Id, at);
    }

    private async Task ReadConfiguration()
    {
        _charger = (await configuration.Charger(Id))?.Value;
        _strict = (await configuration.Settings(Id.Tenant)).Value.Strict;
        _configurationReadAt = time.GetUtcNow();
    }

    private async Task<ChargerConfiguration?> RefreshedConfiguration()
    {
        await ReadConfiguration();
        return _charger;
    }

    /// <summary>Runs a write that no answer waits for: when it fails that is logged, and the charger is served on.</summary>
    private async Task Keep(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotKept(logger, Id, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Charger}: connection {Epoch} from {OldAddress} gave way to a newer one from {NewAddress}")]
    private static partial void LogSuperseded(ILogger logger, ChargerId charger, Epoch epoch, string oldAddress, string newAddress);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: served, but not recorded: {Reason}")]
    private static partial void LogNotKept(ILogger logger, ChargerId charger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its gateway does not answer: {Reason}")]
    private static partial void LogGatewayLost(ILogger logger, ChargerId charger, string reason);
}
