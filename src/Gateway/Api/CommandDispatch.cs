using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Hands commands to charger grains and awaits their end, also across the death of the silo that holds the grain: what was
/// asked is asked again, and never becomes a second command.
/// </summary>
internal sealed class CommandDispatch(IGrainFactory grains, TransactionQueries queries, TimeProvider time)
{
    /// <summary>How long grain and record may both be out of reach before the caller is told.</summary>
    private static readonly TimeSpan OutagePatience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A silo that was killed never answers: after this time it is asked again, wherever the grain is then.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<SubmitResult> Submit(ChargerId charger, ChargerCall call, CancellationToken cancelled)
    {
        // With a key of its own a submission whose outcome was lost is found again instead of being made twice.
        var keyed = call.IdempotencyKey is null ? call with { IdempotencyKey = $"call-{Guid.NewGuid():N}" } : call;
        var grain = grains.GetGrain<IChargerGrain>(charger.ToString());
        return await WhileAway(() => grain.Submit(keyed).AsTask().WaitAsync(AnswerPatience, time, cancelled), cancelled);
    }

    public async Task<CommandSnapshot> End(ChargerId charger, long commandId, CancellationToken cancelled)
    {
        while (true)
        {
            var snapshot = await WhileAway(() => Look(charger, commandId, cancelled), cancelled);
            if (snapshot.Status is not (CommandStatus.Pending or CommandStatus.Sent))
            {
                return snapshot;
            }
        }
    }

    private async Task<CommandSnapshot> Look(ChargerId charger, long commandId, CancellationToken cancelled)
    {
        var grain = grains.GetGrain<IChargerGrain>(charger.ToString());
        if (await grain.WaitFor(commandId, Patience).AsTask().WaitAsync(AnswerPatience, time, cancelled) is { } held)
        {
            return held;
        }

        // An activation that never saw the command points to its row; one that is about to end there is looked at again.
        await Task.Delay(Pause, time, cancelled);
        return await Stored(charger.Tenant, commandId);
    }

    private async Task<CommandSnapshot> Stored(TenantId tenant, long commandId)
    {
        var row = await queries.Command(SiteScope.All(tenant), commandId)
            ?? throw new InvalidOperationException($"Command {commandId} was submitted and is not stored.");
        return new CommandSnapshot(
            row.Id, row.Action, row.Status, row.Result, row.ErrorCode, row.ErrorDescription, row.EndedAt - row.SentAt);
    }

    /// <summary>Asks again while a silo or the database is away, up to a limit.</summary>
    private async Task<T> WhileAway<T>(Func<Task<T>> ask, CancellationToken cancelled)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var asked = time.GetTimestamp();
            try
            {
                cancelled.ThrowIfCancellationRequested();
                return await ask();
            }
            catch (Exception fault) when (ClusterFault.Is(fault) && time.GetElapsedTime(started, asked) < OutagePatience)
            {
                await Task.Delay(Pause, time, cancelled);
            }
        }
    }
}
