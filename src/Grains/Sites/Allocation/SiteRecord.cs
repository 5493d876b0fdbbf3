using EvCharge.Domain.Allocation.Sites;
using Orleans.Runtime;
using Orleans.Storage;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>What a site has on record of itself, and the one place where it is written. Runs on the activation's scheduler.</summary>
/// <param name="lost">Called when another activation of the site has taken over.</param>
internal sealed class SiteRecord(IPersistentState<SiteState> state, Action lost)
{
    private Task _writing = Task.CompletedTask;

    public SiteState Kept => state.State;

    /// <summary>Another activation gives the limits now: nothing more may leave from here.</summary>
    public bool IsLost { get; private set; }

    /// <summary>One write after the other, each of what holds when it begins.</summary>
    /// <param name="control">Whose bounds are written; null leaves those that are on record.</param>
    /// <exception cref="OrleansException">It could not be written.</exception>
    public Task Write(SiteControl? control) => _writing = WriteAfter(_writing, control);

    private async Task WriteAfter(Task before, SiteControl? control)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var bounds = control?.Bounds();
        Kept.Bounds = bounds is null ? Kept.Bounds : [.. bounds];
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            IsLost = true;
            lost();
            throw;
        }
        if (bounds is not null)
        {
            control!.Wrote(bounds);
        }
    }
}
