using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Sessions;

namespace EvCharge.Grains.Frames;

/// <summary>
/// The record of a replay, in memory. What was received before the stretch is asked of History, what belongs to the stretch
/// comes from the replay alone. Only one event is decided at a time, so that no decision is ever stale.
/// </summary>
internal sealed class ReplayRecord(SessionLog history, ReceivedFacts received, DateTimeOffset begin) : ISessionRecord
{
    private readonly SortedDictionary<long, Transaction> _transactions = [];
    private readonly Dictionary<(ConnectorId Connector, long Transaction, string Stamp, string Hash), MeterFrame> _frames = [];

    public IReadOnlyCollection<Transaction> Transactions => _transactions.Values;

    public IReadOnlyCollection<MeterFrame> Frames => _frames.Values;

    /// <summary>The ids that the next new transaction gets: those that the log says it got.</summary>
    public TransactionIds Ids { get; set; }

    public async Task<CommitResult> Commit(TenantId tenant, IReadOnlyList<SessionEffect> effects)
    {
        Transaction? opened = null;
        var repeated = false;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case TransactionOpened { Transaction: var transaction }:
                    opened = transaction;
                    _transactions[transaction.Id] = transaction;
                    break;
                case TransactionEnded { Transaction: var transaction }:
                    Keep(transaction);
                    break;
                case TransactionIdentified { Transaction: var transaction }:
                    Keep(transaction);
                    break;
                case MeterRecorded { Frame: var frame, Progress: var progress }:
                    repeated |= !await TryAdd(frame);
                    Keep(repeated ? null : progress);
                    break;
                default:
                    // Statuses and orphans are no part of what is compared.
                    break;
            }
        }

        return new CommitResult(false, opened, repeated);
    }

    public ValueTask<TransactionIds> NextIds(TenantId tenant) => new(Ids);

    public async Task<IReadOnlyList<Transaction>> FindStarts(ConnectorId connector, string rawStart, IdTag idTag, double meterStart)
    {
        var before = (await history.FindStarts(connector, rawStart, idTag, meterStart)).Where(IsBefore);
        return
        [
            .. _transactions.Values
                .Where(each => each.Connector == connector && each.RawStart == rawStart && each.IdTag == idTag && each.MeterStart.Equals(meterStart))
                .Concat(before)
                .OrderByDescending(each => each.Again),
        ];
    }

    public async Task<Transaction?> FindByOcppId(ChargerId charger, int ocppId)
    {
        if (_transactions.Values.LastOrDefault(each => each.OcppId == ocppId) is { } replayed)
        {
            return replayed;
        }

        return await history.FindByOcppId(charger, ocppId) is { } found && IsBefore(found) ? found : null;
    }

    public Task<IReadOnlyList<Transaction>> FindOpen(ChargerId charger) => Task.FromResult<IReadOnlyList<Transaction>>(
        [.. _transactions.Values.Where(each => each.Active).OrderByDescending(each => each.StartedAt).ThenByDescending(each => each.Id)]);

    private bool IsBefore(Transaction transaction) => transaction.ReceivedAt < begin;

    /// <summary>A transaction from before the stretch, which a late message corrects, is left to History.</summary>
    private void Keep(Transaction? changed)
    {
        if (changed is not null && _transactions.ContainsKey(changed.Id))
        {
            _transactions[changed.Id] = changed;
        }
    }

    /// <summary>False for a frame that was received before.</summary>
    private async Task<bool> TryAdd(MeterFrame frame)
    {
        if (!_transactions.ContainsKey(frame.TransactionId) && await received.HasFrame(frame.Connector.Charger, frame, begin))
        {
            return false;
        }

        return _frames.TryAdd((frame.Connector, frame.TransactionId, frame.DeviceStamp, frame.PayloadHash), frame);
    }
}
