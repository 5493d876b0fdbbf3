using System.Collections.Concurrent;
using CsCheck;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

/// <summary>
/// Whatever starts, frames and stops come, repeated and at the same time: what was acknowledged stands once and nothing
/// else does.
/// </summary>
public sealed class InvariantTests
{
    private enum Act
    {
        Start,
        Meter,
        Stop,
    }

    private sealed record Step(Act Act, int Connector, int Stamp, int Value);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf(Act.Start, Act.Meter, Act.Meter, Act.Stop), Gen.Int[1, 2], Gen.Int[0, 3], Gen.Int[1, 4],
        (act, connector, stamp, value) => new Step(act, connector, stamp, value));

    [Fact]
    public async Task Every_acknowledged_fact_stands_exactly_once()
    {
        await using var history = await TestHistory.Create();
        var ids = new ConcurrentDictionary<long, string>();
        var samples = 0;

        await Steps.Array[1, 8].Array[1, 8].SampleAsync(
            async groups =>
            {
                var charger = new ChargerId(Tenant, $"CP{Interlocked.Increment(ref samples)}");
                var ledger = new Ledger(history, charger);
                foreach (var group in groups)
                {
                    await Task.WhenAll(group.Select(ledger.Play));
                }

                await ledger.Audit(ids);
            },
            iter: 150,
            threads: 2);
    }

    /// <summary>One charger: what it did, and what it was told.</summary>
    private sealed class Ledger(TestHistory history, ChargerId charger)
    {
        private readonly ConcurrentDictionary<(int Connector, int Stamp), long> _starts = new();
        private readonly ConcurrentDictionary<long, double> _stops = new();
        private readonly ConcurrentDictionary<(long Transaction, string Stamp), bool> _frames = new();

        public Task Play(Step step) => step.Act switch
        {
            Act.Start => Start(step),
            Act.Meter => Meter(step),
            _ => Stop(step),
        };

        public async Task Audit(ConcurrentDictionary<long, string> ids)
        {
            var stored = await history.Transactions.List(SiteScope.All(Tenant), new(Charger: charger.Name), null, 1000);
            Assert.Equal(_starts.Values.Order(), stored.Select(transaction => transaction.Id).Order());
            foreach (var transaction in stored)
            {
                Assert.Equal(charger.Name, ids.GetOrAdd(transaction.Id, charger.Name));
                Assert.Equal(_starts.Single(start => start.Value == transaction.Id).Key.Connector, transaction.Connector.Number);
                Assert.Equal(_stops.ContainsKey(transaction.Id), !transaction.Active);
                await AuditFrames(transaction);
                if (!transaction.Active)
                {
                    Assert.Equal(_stops[transaction.Id], transaction.MeterStop);
                    Assert.Equal(transaction.MeterStop - transaction.MeterStart, transaction.EnergyWh);
                }
            }
        }

        private async Task AuditFrames(Transaction transaction)
        {
            var frames = await history.Transactions.MeterFrames(Tenant, transaction.Id, null, 1000);
            Assert.Equal(
                _frames.Keys.Where(key => key.Transaction == transaction.Id).Select(key => key.Stamp).Order(),
                frames.Select(row => row.Frame.DeviceStamp).Order());
        }

        private async Task Start(Step step)
        {
            var start = await Facts.NewStart(history, new ConnectorId(charger, step.Connector), $"raw-{step.Stamp}");
            var result = await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
            Assert.False(result.Stale);
            Assert.Equal(result.Opened!.Id, _starts.GetOrAdd((step.Connector, step.Stamp), result.Opened.Id));
        }

        private async Task Meter(Step step)
        {
            if (await Known(step) is { } transaction)
            {
                var frame = Facts.Frame(transaction.Connector, transaction.Id, $"t{step.Value}");
                var progress = transaction.Active ? transaction.Advanced(step.Value * 100) : null;
                var result = await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, progress)]);
                if (!result.Stale)
                {
                    _frames.TryAdd((transaction.Id, frame.DeviceStamp), true);
                }
            }
        }

        private async Task Stop(Step step)
        {
            if (await Known(step) is { Active: true } transaction)
            {
                var ended = transaction.Ended(transaction.MeterStart + (step.Value * 1000));
                var result = await history.Sessions.Commit(Tenant, [new TransactionEnded(ended)]);
                if (!result.Stale)
                {
                    Assert.True(_stops.TryAdd(transaction.Id, ended.MeterStop!.Value), "Two stops of one transaction were taken.");
                }
            }
        }

        private async Task<Transaction?> Known(Step step) =>
            _starts.TryGetValue((step.Connector, step.Stamp), out var id) ? await history.Transactions.Find(SiteScope.All(Tenant), id) : null;
    }
}
