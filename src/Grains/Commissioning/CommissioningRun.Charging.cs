using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.Grains.Commissioning;

/// <summary>The steps for which a vehicle charges.</summary>
internal sealed partial class CommissioningRun
{
    /// <summary>Not one of those that operators install, nor of those that sites do.</summary>
    private const int ProfileId = 999;

    /// <summary>Frames that are read at a time.</summary>
    private const int Page = 100;

    /// <summary>How often a charger that will not start yet is asked again: most refuse until a vehicle is plugged in.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    private Transaction? _transaction;

    /// <summary>A transaction that the driver began at the charger while the test ran is as good.</summary>
    private async Task<StepVerdict> Start(int connector, DateTimeOffset since)
    {
        ChargerVoice.Answer? asked = null;
        var askedAt = time.GetTimestamp();
        _transaction = await Until(Options.PersonSeconds, async () =>
        {
            var begun = (await services.Sessions.FindOpen(id)).FirstOrDefault(open => open.Connector.Number == connector && open.ReceivedAt >= since);
            if (begun is null && (asked is null || (asked.Fault is not null && time.GetElapsedTime(askedAt) >= AskAgain)))
            {
                askedAt = time.GetTimestamp();
                asked = await _voice.AskFor(_voice.Dialect.Start(order.IdTag, connector));
            }

            return begun;
        });
        return _transaction is null
            ? asked?.Fault ?? StepVerdict.Failed(StepReason.NothingCame, "StartTransaction")
            : StepVerdict.Passed($"{_transaction.Id}");
    }

    /// <summary>One that sends none on its own is asked for them.</summary>
    private async Task<StepVerdict> MeterValues(int connector)
    {
        var (since, asked) = (time.GetUtcNow(), false);
        var found = await Until(Options.MeterSeconds, async () =>
        {
            if (await Measured(since.AddMinutes(-1)) is { Count: > 0 } frames)
            {
                return frames;
            }

            if (!asked && time.GetUtcNow() - since >= TimeSpan.FromSeconds(Options.MeterSeconds / 2.0))
            {
                asked = true;
                await _voice.Ask(_voice.Dialect.AskForMeterValues(connector));
            }

            return null;
        });
        if (found is null)
        {
            return StepVerdict.Failed(StepReason.NothingCame, "MeterValues");
        }

        var said = string.Join(", ", found.SelectMany(frame => frame.Samples).SelectMany(sample => sample.Readings).Select(reading => reading.Measurand).Distinct().Order(StringComparer.Ordinal));
        var isOfUse = found.SelectMany(frame => frame.Samples).Select(MeterSummary.Of).Any(read => read.RegisterWh is not null || LimitTrial.Drawn(read) is not null);
        return isOfUse ? StepVerdict.Passed(said) : StepVerdict.Failed(StepReason.Useless, said);
    }

    private async Task<StepVerdict> ChargingProfile(int connector, double limit)
    {
        var profile = new ProfileContent(
            ProfilePurpose.Tx, ProfileKind.Relative, null, 0, new ProfileSchedule("A", [new ProfilePeriod(0, limit, null)], null, null, null), null, null);
        var since = time.GetUtcNow();
        var set = await _voice.AskFor(_voice.Profiles.Set(ProfileId, connector, profile, _transaction!.OcppId));
        if (set.Refusal == RefusalKind.Managed)
        {
            return await SiteLimit(connector);
        }

        return set.Fault ?? await Followed(since, () => Task.FromResult<double?>(limit));
    }

    /// <summary>A site gives the charger its limits: whether it keeps to those is seen as well.</summary>
    private async Task<StepVerdict> SiteLimit(int connector)
    {
        var site = (await services.Fleet.Charger(id))?.Configuration.Value.Site ?? "";
        return await Followed(time.GetUtcNow(), async () =>
            (await grains.GetGrain<ISiteGrain>(new SiteId(id.Tenant, site).ToString()).Allocation())?.Connectors
                .FirstOrDefault(each => each.Charger == id.Name && each.Connector == connector && each.State == ConnectorState.Charging)?.Limit);
    }

    /// <param name="limit">What holds now, A per phase; null for none.</param>
    private async Task<StepVerdict> Followed(DateTimeOffset since, Func<Task<double?>> limit)
    {
        (double? Drawn, double? Limit) last = (null, null);
        var kept = await Until(Options.MeterSeconds, async () =>
        {
            last = (await Drawn(since) ?? last.Drawn, await limit() ?? last.Limit);
            return last is ({ } drawn, { } most) && LimitTrial.Keeps(drawn, most) ? last.ToString() : null;
        });
        var seen = FormattableString.Invariant($"{last.Drawn:0.0} A, {last.Limit:0.0} A");
        return kept is not null ? StepVerdict.Passed(seen)
            : last.Limit is null ? StepVerdict.Failed(StepReason.NotSent)
            : last.Drawn is null ? StepVerdict.Failed(StepReason.NotMeasured)
            : StepVerdict.Failed(StepReason.NotFollowed, seen);
    }

    private async Task<StepVerdict> Stop()
    {
        var asked = await _voice.AskFor(_voice.Dialect.Stop(_transaction!.OcppId));
        if (asked.Fault is not null)
        {
            return asked.Fault;
        }

        var stopped = await Until(
            Options.MessageSeconds,
            async () => await services.Transactions.Find(SiteScope.All(id.Tenant), _transaction.Id) is { StoppedAt: not null, ClosedBySystem: false } ended ? ended : null);
        return stopped is null
            ? StepVerdict.Failed(StepReason.NothingCame, "StopTransaction")
            : StepVerdict.Passed(FormattableString.Invariant($"{stopped.EnergyWh:0} Wh {stopped.StopReason}"));
    }

    private async Task<double?> Drawn(DateTimeOffset since) => (await Measured(since)).SelectMany(frame => frame.Samples)
        .Select(sample => LimitTrial.Drawn(MeterSummary.Of(sample)))
        .LastOrDefault(drawn => drawn is not null);

    /// <summary>What came of the transaction since then, the oldest first.</summary>
    private async Task<List<MeterFrame>> Measured(DateTimeOffset since)
    {
        var frames = new List<MeterFrame>();
        long? after = null;
        IReadOnlyList<(long Row, MeterFrame Frame)> page;
        do
        {
            page = await services.Transactions.MeterFrames(id.Tenant, _transaction!.Id, after, Page);
            frames.AddRange(page.Select(row => row.Frame).Where(frame => frame.ReceivedAt >= since));
            after = page.Count == 0 ? null : page[^1].Row;
        }
        while (page.Count == Page);
        return frames;
    }
}
