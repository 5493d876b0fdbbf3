using Orleans.Runtime;

namespace EvCharge.Grains.States;

/// <summary>Puts another state in the place of one that cannot be read.</summary>
internal static class StateRepair
{
    /// <returns>False when the state was read, and nothing was done.</returns>
    /// <exception cref="OrleansException">It could not be written: all is as before.</exception>
    public static async Task<bool> Replace<T>(IPersistentState<T> state, T fresh)
        where T : IKeptState
    {
        var broken = state.State;
        if (broken.Fault is null)
        {
            return false;
        }

        state.State = fresh;
        try
        {
            await state.WriteStateAsync();
            return true;
        }
        catch
        {
            state.State = broken;
            throw;
        }
    }
}
