using EvCharge.Contracts.Commissioning;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.History.Commissioning;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Commissioning;

/// <summary>
/// A test at work. It is not taken up again after a restart, since what was going on at the charger is not known then: its
/// reminder writes down that it was interrupted.
/// </summary>
internal sealed partial class CommissioningGrain(CommissioningServices services, CommissioningStore store, TimeProvider time, ILogger<CommissioningGrain> logger)
    : Grain, ICommissioningGrain, IRemindable
{
    private const string Watch = "watch";
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMinutes(1);
    private bool _running;

    private ChargerId Charger => ChargerId.FromKey(this.GetPrimaryKeyString());

    public async ValueTask Run(CommissioningOrder order)
    {
        if (_running)
        {
            return;
        }

        _running = true;
        try
        {
            await this.RegisterOrUpdateReminder(Watch, WatchPeriod, WatchPeriod);
        }
        catch
        {
            _running = false;
            throw;
        }

        _ = Take(order);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_running)
        {
            DelayDeactivation(WatchPeriod * 3);
            return;
        }

        if (await store.FindRunning(Charger) is { } left)
        {
            await store.Save(left.Closed(time.GetUtcNow(), CommissioningStatus.Interrupted));
        }

        await Unwatch();
    }

    private async Task Take(CommissioningOrder order)
    {
        try
        {
            DelayDeactivation(WatchPeriod * 3);
            var report = await store.Find(Charger.Tenant, order.Report);
            var run = new CommissioningRun(Charger, report?.RequestedBy ?? "", order, services, GrainFactory, time);
            while (report is { Status: CommissioningStatus.Running, Next: { } step })
            {
                report = report.Begun(step, time.GetUtcNow());
                if (!await store.Save(report))
                {
                    return; // somebody ended it
                }

                var verdict = await run.Take(step, report);
                report = (await run.Identified(report)).Ended(step, verdict, time.GetUtcNow());
                report = report.Next is null ? report.Closed(time.GetUtcNow()) : report;
                if (!await store.Save(report))
                {
                    return;
                }
            }

            await Unwatch();
        }
        catch (Exception fault)
        {
            // Nobody waits for it. Whatever it was, the reminder writes down that the test was interrupted.
            LogInterrupted(logger, Charger, fault);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task Unwatch()
    {
        if (await this.GetReminder(Watch) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its test is interrupted.")]
    private static partial void LogInterrupted(ILogger logger, ChargerId charger, Exception fault);
}
