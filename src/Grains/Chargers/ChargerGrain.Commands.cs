using EvCharge.Contracts.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain as those see it who send commands.</summary>
internal sealed partial class ChargerGrain
{
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(20);

    public async ValueTask<SubmitResult> Submit(ChargerCall call)
    {
        if (!Adopted && await RefreshedConfiguration() is null)
        {
            return new SubmitResult(null, new Refusal(RefusalKind.NotFound, "No such charger."));
        }

        if (_commands.IsFull)
        {
            return new SubmitResult(null, new Refusal(RefusalKind.QueueFull, "Too many commands wait for this charger."));
        }

        var refusal = Protocols.Canonicalise(Version, call, out var canonical);
        if (refusal is null && _limits.IsLimited && Protocols.ProfileOf(Version).Limits(call.Action, canonical))
        {
            refusal = new Refusal(RefusalKind.Managed, "The charger's site gives it its limits: a profile of anybody else might outrank them.");
        }
        return refusal is not null
            ? new SubmitResult(null, refusal)
            : new SubmitResult(await _commands.Submit(call with { Payload = canonical }), null);
    }

    public async ValueTask<CommandSnapshot?> WaitFor(long commandId, TimeSpan patience)
    {
        if (_commands.Find(commandId) is not { } command)
        {
            return null;
        }

        try
        {
            await command.Ended.WaitAsync(patience < CommandPatience ? patience : CommandPatience, time);
        }
        catch (TimeoutException)
        {
            // The snapshot says that it is still open; the caller asks again.
        }

        return command.Snapshot();
    }
}
