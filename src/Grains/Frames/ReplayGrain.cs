using EvCharge.Contracts.Frames;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Models;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Connectors;
using EvCharge.Grains.Models;
using EvCharge.History.Configuration;
using EvCharge.History.Frames;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using EvCharge.Ocpp;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Frames;

/// <summary>Replays stretches of a charger's frame log. Writes nothing; the charger's own grain is not disturbed.</summary>
internal sealed class ReplayGrain(
    FrameLog log, SessionLog history, ReceivedFacts received, FleetQueries fleet, ConfigurationStore configuration, ChargerModels models,
    IOptions<SessionOptions> options, TimeProvider time) : Grain, IReplayGrain
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    public async ValueTask<ReplayAnswer> Replay(DateTimeOffset? from, DateTimeOffset? to)
    {
        var charger = ChargerId.FromKey(this.GetPrimaryKeyString());
        var (stretch, refusal) = await LoggedStretch.Read(log, charger, from, to);
        if (stretch is null)
        {
            return new ReplayAnswer(null, refusal);
        }

        var (begin, end) = Bounds(stretch, from, to);
        if (await received.RunningAt(charger, begin) is { } unstopped)
        {
            return Cut($"Transaction {unstopped.Id} ran when the stretch begins.");
        }

        var stored = await received.Transactions(charger, begin, end);
        var record = new ReplayRecord(history, received, begin);
        var byNumber = stored.GroupBy(each => each.OcppId).ToDictionary(same => same.Key, same => same.Last());
        var shell = new ReplayShell(charger, record, received, byNumber, options.Value.Policy, begin, await Quirks(charger), time);
        var comparison = new ReplayComparison();
        foreach (var answered in stretch.Calls)
        {
            await Serve(shell, answered, comparison);
        }

        await shell.Pass(end);
        if (record.Transactions.FirstOrDefault(each => each.Active) is { } open && await GoesOn(charger, to))
        {
            return Cut($"Transaction {open.Id} runs when the stretch ends.");
        }

        var frames = await received.MeterFrames(charger, begin, end);
        var known = stored.Select(transaction => transaction.Id).ToHashSet();
        var running = shell.StoppedFromBefore?.Id
            ?? frames.FirstOrDefault(frame => frame.TransactionId != 0 && !known.Contains(frame.TransactionId) && !frame.Flags.HasFlag(MeterFlags.AfterStop))?.TransactionId;
        return running is null
            ? new ReplayAnswer(Report(stretch, record, stored, frames, comparison), null)
            : Cut($"Transaction {running} ran when the stretch begins.");
    }

    private async Task<ChargerQuirks> Quirks(ChargerId charger)
    {
        var quirks = new ChargerQuirks(models);
        if (await fleet.Charger(charger) is { } known)
        {
            var setting = known.Configuration.Value;
            quirks.Configured(setting, await OperatingMode.Of(charger, setting, configuration));
            quirks.Booted(known.Boot?.Identity ?? ModelIdentity.Unknown);
            var site = setting.Site is null ? null : await configuration.Site(new SiteId(charger.Tenant, setting.Site));
            quirks.Placed(site?.Value.TimeZone ?? StampZone.Utc);
        }

        return quirks;
    }

    private static ReplayAnswer Cut(string text) => new(null, new ReplayRefusal(ReplayRefusalKind.CutsTransaction, text));

    private static async Task Serve(ReplayShell shell, AnsweredCall answered, ReplayComparison comparison)
    {
        var (told, now) = (ReplayShell.TransactionIn(answered.Answer), (int?)null);
        if (!Protocols.Speaks(answered.OcppVersion))
        {
            comparison.Add("answer", told ?? 0, "version", answered.OcppVersion, null);
            return;
        }

        try
        {
            now = ReplayShell.TransactionIn(await shell.Serve(answered));
        }
        catch (OcppFault fault)
        {
            comparison.Add("answer", told ?? 0, "error", null, $"{answered.Call.Action} {answered.Call.MessageId}: {fault.Code} {fault.Message}");
            return;
        }

        if (told != now)
        {
            comparison.Add("answer", told ?? 0, "transactionId", $"{told}", $"{now}");
        }
    }

    private static ReplayReport Report(
        LoggedStretch stretch, ReplayRecord record, IReadOnlyList<Transaction> stored, IReadOnlyList<MeterFrame> frames,
        ReplayComparison comparison)
    {
        var (was, came) = (SessionFingerprint.Of(stored, frames), SessionFingerprint.Of(record.Transactions, record.Frames));
        comparison.Compare(was, came);
        return new ReplayReport(
            stretch.Entries.Count,
            stretch.Calls.Count,
            record.Transactions.Count,
            record.Frames.Sum(frame => frame.Samples.Length),
            SessionFingerprint.Hash(came),
            SessionFingerprint.Hash(was),
            comparison.Told,
            comparison.Count);
    }

    /// <summary>
    /// The stretch by the clock of the silos, which stamps facts: what a call of the stretch led to lies within, also where the
    /// gateway's clock is apart. Without bounds it goes from the first entry of the log until now.
    /// </summary>
    private (DateTimeOffset Begin, DateTimeOffset End) Bounds(LoggedStretch stretch, DateTimeOffset? from, DateTimeOffset? to)
    {
        var begin = from ?? stretch.Entries.Min(entry => entry.At);
        begin = stretch.ServedBefore is { } served && served >= begin ? served + Instant : begin;
        var end = to ?? time.GetUtcNow();
        return stretch.Calls.Count == 0
            ? (begin, end)
            : (Earlier(begin, stretch.Calls.Min(call => call.Call.ReceivedAt)), Later(end, stretch.Calls.Max(call => call.Call.ReceivedAt) + Instant));
    }

    private async Task<bool> GoesOn(ChargerId charger, DateTimeOffset? to) =>
        to is not null && (await log.ListForward(charger, new FrameFilter(From: to, Kind: LoggedKind.Call), null, 1)).Count > 0;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
