using System.Globalization;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Audit;

/// <summary>
/// Compares what chargers were told is stored with what is stored: each acknowledged fact exactly once, each unacknowledged
/// one at most once, and nothing that nobody sent.
/// </summary>
internal sealed class LedgerAudit
{
    private readonly List<string> _findings = [];
    private readonly IReadOnlyList<LedgerEntry> _ledger;
    private readonly ILookup<Key, StoredTransaction> _stored;

    private LedgerAudit(IReadOnlyList<LedgerEntry> ledger, IReadOnlyList<StoredTransaction> stored)
    {
        _ledger = ledger;
        _stored = stored.ToLookup(Key.Of);
    }

    /// <summary>One line for each fact that is missing, doubled, changed or invented; empty when all is well.</summary>
    public static IReadOnlyList<string> Compare(IReadOnlyList<LedgerEntry> ledger, IReadOnlyList<StoredTransaction> stored)
    {
        var audit = new LedgerAudit(ledger, stored);
        audit.CheckIds(stored);
        audit.CheckSessions();
        audit.CheckNothingInvented(stored);
        return audit._findings;
    }

    private void CheckIds(IReadOnlyList<StoredTransaction> stored)
    {
        foreach (var twice in stored.GroupBy(one => one.Id).Where(group => group.Count() > 1))
            Find($"id {twice.Key} is listed {twice.Count()} times");
        foreach (var twice in stored.GroupBy(one => one.OcppId).Where(group => group.Count() > 1))
            Find($"transactionId {twice.Key} was given to {string.Join(" and ", twice.Select(Key.Of))}");
    }

    private void CheckSessions()
    {
        foreach (var session in _ledger.GroupBy(entry => entry.Session))
        {
            var start = session.Single(entry => entry.Kind == LedgerKind.Start);
            var found = _stored[Key.Of(start)].ToList();
            if (found.Count > 1 || (found.Count == 0 && start.IsAcknowledged))
                Find($"the start of {Key.Of(start)} ({start.State}) is stored {found.Count} times");
            if (found.Count != 1)
                continue;
            if (start.IsAcknowledged && found[0].OcppId != start.TransactionId)
                Find($"{Key.Of(start)} was told transactionId {start.TransactionId} and is stored with {found[0].OcppId}");
            CheckStop(found[0], session.SingleOrDefault(entry => entry.Kind == LedgerKind.Stop));
            CheckSamples(found[0], [.. session.Where(entry => entry.Kind == LedgerKind.Sample)]);
        }
    }

    private void CheckStop(StoredTransaction stored, LedgerEntry? stop)
    {
        if (stored.Active)
        {
            if (stop is { IsAcknowledged: true })
                Find($"{Key.Of(stored)} is active although its stop was acknowledged");
            return;
        }

        if (stored.EnergyWh != stored.MeterStop - stored.MeterStart)
            Find($"{Key.Of(stored)} has {stored.EnergyWh} Wh from {stored.MeterStart} to {stored.MeterStop}");
        if (stop is null or { State: LedgerState.Queued or LedgerState.Abandoned })
            Find($"{Key.Of(stored)} is stopped although no stop was sent{(stored.ClosedBySystem ? ", by the system" : "")}");
        else if ((stored.MeterStop, stored.StoppedAt, stored.StopReason, stored.ClosedBySystem) != (stop.MeterWh, stop.Timestamp, stop.Reason, false))
            Find($"{Key.Of(stored)} is stored as stopped at {stored.MeterStop} Wh {stored.StoppedAt:O} {stored.StopReason} "
                + $"(by the system: {stored.ClosedBySystem}), sent was {stop.MeterWh} Wh {stop.Timestamp:O} {stop.Reason}");
    }

    private void CheckSamples(StoredTransaction stored, IReadOnlyList<LedgerEntry> sent)
    {
        var times = stored.Samples.CountBy(sample => (sample.Timestamp, sample.RegisterWh)).ToDictionary();
        foreach (var sample in sent)
        {
            times.Remove((sample.Timestamp, sample.MeterWh), out var count);
            if (count > 1 || (count == 0 && sample.IsAcknowledged) || (count == 1 && sample.State is LedgerState.Queued or LedgerState.Abandoned))
                Find($"the sample {sample.MeterWh} Wh {sample.Timestamp:O} ({sample.State}) of {Key.Of(stored)} is stored {count} times");
        }

        foreach (var (sample, count) in times)
            Find($"{Key.Of(stored)} has {count} samples {sample.RegisterWh} Wh {sample.Timestamp:O} that nobody sent");
    }

    private void CheckNothingInvented(IReadOnlyList<StoredTransaction> stored)
    {
        var sent = _ledger.Where(entry => entry is { Kind: LedgerKind.Start, State: not (LedgerState.Queued or LedgerState.Abandoned) })
            .Select(Key.Of).ToHashSet();
        foreach (var one in stored.Where(one => !sent.Contains(Key.Of(one))))
            Find($"nobody started {Key.Of(one)}");
    }

    private void Find(string finding) => _findings.Add(finding);

    /// <summary>What makes a start the same start (idempotency key of StartTransaction).</summary>
    private readonly record struct Key(string Charger, int Connector, string IdTag, DateTimeOffset At, double MeterStart)
    {
        public static Key Of(StoredTransaction stored) =>
            new(stored.Charger, stored.Connector, stored.IdTag, stored.StartedAt, stored.MeterStart);

        public static Key Of(LedgerEntry start) => new(start.Charger, start.Connector, start.IdTag ?? "", start.Timestamp, start.MeterWh);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Charger}/{Connector} {IdTag} {At:O} {MeterStart} Wh");
    }
}
