using EvCharge.Contracts.Commissioning;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Chargers;

namespace EvCharge.Grains.Commissioning;

/// <summary>The steps of one test: what the charger is asked, and what it has to do for each of them.</summary>
internal sealed partial class CommissioningRun(
    ChargerId id, string requestedBy, CommissioningOrder order, CommissioningServices services, IGrainFactory grains, TimeProvider time)
{
    private const string FeatureProfiles = "SupportedFeatureProfiles";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ChargerVoice _voice = new(id, grains, requestedBy);

    private CommissioningOptions Options => services.Options;

    public Task<StepVerdict> Take(CommissioningStep step, CommissioningReport report) => step switch
    {
        CommissioningStep.Connect => Connect(),
        CommissioningStep.Boot => Boot(),
        CommissioningStep.Keys => Keys(),
        CommissioningStep.FeatureProfiles => Features(),
        CommissioningStep.Status => Status(report.Connector),
        CommissioningStep.Start => Start(report.Connector, report.RequestedAt),
        CommissioningStep.MeterValues => MeterValues(report.Connector),
        CommissioningStep.ChargingProfile => ChargingProfile(report.Connector, report.Limit),
        CommissioningStep.Stop => Stop(),
        CommissioningStep.Return => Return(),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    /// <summary>With the words of the charger's last boot.</summary>
    public async Task<CommissioningReport> Identified(CommissioningReport report) =>
        (await services.Fleet.Charger(id))?.Boot is { } boot ? report with { Vendor = boot.Vendor, Model = boot.Model, Firmware = boot.Firmware } : report;

    private async Task<StepVerdict> Connect()
    {
        if (await Until(Options.PersonSeconds, async () => (await _voice.Charger.Snapshot()) is { Online: true } seen ? seen : null) is not { } found)
        {
            return StepVerdict.Failed(StepReason.NotConnected);
        }

        _voice.Speak(found.OcppVersion ?? Protocols.Default);
        return StepVerdict.Passed(found.OcppVersion);
    }

    /// <summary>One that has not booted on its own is asked to: of its make nothing is known before.</summary>
    private async Task<StepVerdict> Boot()
    {
        var since = time.GetUtcNow();
        var asked = await _voice.AskFor(_voice.Dialect.AskForBoot());
        var known = (await services.Fleet.Charger(id))?.Boot;
        var came = asked.Fault is null
            ? await Until(Options.MessageSeconds, async () => (await services.Fleet.Charger(id))?.Boot is { } boot && boot.At >= since ? boot : null)
            : known;
        return (came ?? known) is { } told
            ? StepVerdict.Passed(string.Join(' ', ((string?[])[told.Vendor, told.Model, told.Firmware]).OfType<string>()))
            : asked.Fault ?? StepVerdict.Failed(StepReason.NothingCame, "BootNotification");
    }

    private async Task<StepVerdict> Keys()
    {
        var answer = await _voice.Ask(_voice.Dialect.ReadAllKeys());
        if (answer.Fault is not null)
        {
            return answer.Fault;
        }

        var keys = _voice.Dialect.KeysIn(answer.Result);
        return keys > 0 ? StepVerdict.Passed($"{keys}") : StepVerdict.Failed(StepReason.Useless, "0");
    }

    /// <summary>What the charger answered is written after its answer was told: it may come a moment later.</summary>
    private async Task<StepVerdict> Features()
    {
        var said = await Until(
            Options.MessageSeconds,
            async () => (await services.Settings.Keys(id, [FeatureProfiles])).FirstOrDefault(key => key.Actual is not null)?.Actual) ?? "";
        return said.Contains("Core", StringComparison.OrdinalIgnoreCase)
            ? StepVerdict.Passed(said)
            : StepVerdict.Failed(StepReason.Useless, said.Length == 0 ? FeatureProfiles : said);
    }

    private async Task<StepVerdict> Status(int connector)
    {
        var since = time.GetUtcNow();
        var asked = await _voice.AskFor(_voice.Dialect.AskForStatus(connector));
        if (asked.Fault is not null)
        {
            return asked.Fault;
        }

        var came = await Until(
            Options.MessageSeconds,
            async () => (await services.Fleet.Charger(id))?.Statuses.GetValueOrDefault(connector) is { } status && status.ReceivedAt >= since ? status : null);
        return came is null ? StepVerdict.Failed(StepReason.NothingCame, "StatusNotification") : StepVerdict.Passed(came.Status);
    }

    /// <summary>Its connection is cut, and it has to come back by itself.</summary>
    private async Task<StepVerdict> Return()
    {
        var since = time.GetUtcNow();
        if (await _voice.Charger.Interrupt() is not { } cut)
        {
            return StepVerdict.Failed(StepReason.NotConnected);
        }

        var back = await Until(Options.ReturnSeconds, async () => (await _voice.Charger.Snapshot()) is { Online: true } seen && seen.Epoch != cut ? seen : null);
        return back is null
            ? StepVerdict.Failed(StepReason.NotBack)
            : StepVerdict.Passed($"{(time.GetUtcNow() - since).TotalSeconds:0} s");
    }

    /// <summary>What is looked for, as soon as it is there; null when it is not there in time.</summary>
    /// <exception cref="TestEndedException">Nobody wants to see it any more.</exception>
    private async Task<T?> Until<T>(int seconds, Func<Task<T?>> look)
        where T : class
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (time.GetElapsedTime(started) >= TimeSpan.FromSeconds(seconds))
            {
                return null;
            }

            if (await services.Tests.Find(SiteScope.All(id.Tenant), order.Report) is not { Status: CommissioningStatus.Running })
            {
                throw new TestEndedException();
            }

            await Task.Delay(Pause, time);
        }
    }
}
