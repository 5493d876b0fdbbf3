using EvCharge.Contracts.Commissioning;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.History.Commissioning;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Commissioning;

/// <summary>
/// A test at work. It is not taken up again after a restart, since what was going on at the charger is not known then: its
/// reminder writes down that it was interrupted, and is taken back when it finds nothing that runs.
/// </summary>
internal sealed partial class CommissioningGrain(CommissioningServices services, TimeProvider time, ILogger<CommissioningGrain> logger)
    : Grain, ICommissioningGrain, IRemindable
{
    private const string Watch = "watch";
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMinutes(1);
    private Task _taking = Task.CompletedTask;

    private ChargerId Charger => ChargerId.FromKey(this.GetPrimaryKeyString());

    private CommissioningStore Store => services.Tests;

    public async ValueTask Run(CommissioningOrder order)
    {
        await this.RegisterOrUpdateReminder(Watch, WatchPeriod, WatchPeriod);
        DelayDeactivation(WatchPeriod * 3);
        _taking = Take(order, after: _taking);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!_taking.IsCompleted)
        {
            DelayDeactivation(WatchPeriod * 3);
            return;
        }

        var now = time.GetUtcNow();
        if (await Store.FindRunning(Charger) is not { } left)
        {
            if (await this.GetReminder(Watch) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }
        }
        else if (left.RequestedAt < now - WatchPeriod)
        {
            await Store.Save(left.Closed(now, CommissioningStatus.Interrupted)); // one that is younger may be about to begin
        }
    }

    /// <param name="after">A test that somebody ended may still await an answer of the charger.</param>
    private async Task Take(CommissioningOrder order, Task after)
    {
        await after;
        try
        {
            var report = await Store.Find(SiteScope.All(Charger.Tenant), order.Report);
            var run = new CommissioningRun(Charger, report?.RequestedBy ?? "", order, services, GrainFactory, time);
            while (report is { Status: CommissioningStatus.Running, Next: { } step })
            {
                report = report.Begun(step, time.GetUtcNow());
                if (!await Store.Save(report))
                {
                    return; // somebody ended it
                }

                var verdict = await run.Take(step, report);
                report = (await run.Identified(report)).Ended(step, verdict, time.GetUtcNow());
                report = report.Next is null ? report.Closed(time.GetUtcNow()) : report;
                if (!await Store.Save(report))
                {
                    return;
                }
            }
        }
        catch (TestEndedException)
        {
            // What it is stored as is right already.
        }
        catch (Exception fault)
        {
            // Nobody waits for it. Whatever it was, the reminder writes down that the test was interrupted.
            LogInterrupted(logger, Charger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its test is interrupted.")]
    private static partial void LogInterrupted(ILogger logger, ChargerId charger, Exception fault);
}

/// <summary>Somebody ended the test while a step was taken.</summary>
internal sealed class TestEndedException : Exception;
