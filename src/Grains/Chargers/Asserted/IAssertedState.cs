using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>One kind of state that operators decide, the charger holds, and commands bring about.</summary>
internal interface IAssertedState
{
    /// <summary>It follows the tenant's tags and is asserted too when they change.</summary>
    bool FollowsTags => false;

    /// <summary>Some of it could not be brought about just now; trying again soon may help.</summary>
    bool IsPending => false;

    /// <summary>The charger connected, or something was decided: it may be in another state than it was found in last.</summary>
    void Doubt()
    {
    }

    /// <summary>
    /// Brings the charger to what is desired. Runs once at a time, on a connection that has settled. What could not be brought
    /// about is tried again by the next boot, connection or change.
    /// </summary>
    /// <returns>False when nothing is desired: a mere reconnect need not ask again.</returns>
    Task<bool> Assert();

    /// <summary>Keeps what an answered command says of this state, whoever sent it.</summary>
    void OnAnswered(CommandRecord answered);
}
