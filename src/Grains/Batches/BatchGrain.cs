using System.Globalization;
using EvCharge.Contracts.Batches;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Batches;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Batches;

/// <summary>
/// A batch at work. Its reminder takes it up again after a restart; a charger that was given the command just before is
/// given it once more under the same idempotency key, and gets it once.
/// </summary>
internal sealed partial class BatchGrain(BatchStore store, TimeProvider time, ILogger<BatchGrain> logger) : Grain, IBatchGrain, IRemindable
{
    private const string GoOn = "go-on";
    private const int Portion = 100;
    private static readonly TimeSpan GoOnPeriod = TimeSpan.FromMinutes(1);
    private TenantId _tenant;
    private long _id;
    private bool _running;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        _tenant = new TenantId(key[..slash]);
        _id = long.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public async ValueTask Run()
    {
        await this.RegisterOrUpdateReminder(GoOn, GoOnPeriod, GoOnPeriod);
        Start();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Start();
        return Task.CompletedTask;
    }

    private void Start()
    {
        if (!_running)
        {
            _running = true;
            DelayDeactivation(GoOnPeriod * 2);
            _ = RunAll();
        }
    }

    private async Task RunAll()
    {
        try
        {
            while (await store.Find(_tenant, _id) is { Status: BatchStatus.Running } batch)
            {
                await RunPortion(batch);
            }

            if (await this.GetReminder(GoOn) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
        {
            // The reminder takes it up again.
            LogInterrupted(logger, _tenant, _id, fault.Message);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task RunPortion(Batch batch)
    {
        var most = (int)Math.Clamp(Math.Ceiling(batch.PerSecond), 1, Portion);
        var waiting = await store.Waiting(_tenant, _id, most);
        if (waiting.Count == 0)
        {
            await store.End(_tenant, _id, BatchStatus.Submitted);
            return;
        }

        foreach (var item in waiting)
        {
            var charger = GrainFactory.GetGrain<IChargerGrain>(new ChargerId(_tenant, item.Charger).ToString());
            var submitted = await charger.Submit(new ChargerCall(batch.Action, batch.Payload, batch.RequestedBy, batch.IdempotencyKey));
            await store.Record(_tenant, _id, item with { CommandId = submitted.CommandId, Refusal = submitted.Refusal?.Text });
        }

        DelayDeactivation(GoOnPeriod * 2);
        await Task.Delay(TimeSpan.FromSeconds(waiting.Count / batch.PerSecond), time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Tenant}: batch {Batch} is interrupted and goes on within a minute: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, TenantId tenant, long batch, string reason);
}
