using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>
/// Brings a charger to what it should be set to, one kind of state after the other, after it booted, came back, or was given
/// something else to be. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class StateAssertion
{
    /// <summary>A connection that has not settled by then is asked again when there is another.</summary>
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(5);

    private readonly IAssertedState[] _states;
    private readonly AskedWork _work;
    private bool _nothingDesired;
    private bool _allAsked;

    /// <param name="states">In the order in which they are asserted.</param>
    public StateAssertion(ChargerId charger, Settling settling, ILogger logger, params IAssertedState[] states)
    {
        _states = states;

        _work = new AskedWork(() => settling.Settled(SettlePatience), Assert, fault =>
        {
            _nothingDesired = false;
            LogNotAsserted(logger, charger, fault.Message);
        });
    }

    /// <summary>Some state follows the tenant's tags.</summary>
    public bool FollowsTags => _states.Any(state => state.FollowsTags);

    /// <summary>Some state could not be brought about just now; trying again soon may help.</summary>
    public bool IsPending => _states.Any(state => state.IsPending);

    /// <summary>The charger may have been set otherwise meanwhile.</summary>
    public void OnConnected()
    {
        if (!_nothingDesired)
        {
            Doubt();
            AskAll();
        }
    }

    /// <summary>The tenant's tags have changed.</summary>
    public void OnTagsChanged()
    {
        if (FollowsTags)
        {
            _work.Ask();
        }
    }

    /// <summary>Somebody may have decided something else.</summary>
    public void OnChanged(bool attached)
    {
        _nothingDesired = false;
        Doubt();
        if (attached)
        {
            AskAll();
        }
    }

    public void OnAnswered(CommandRecord answered)
    {
        foreach (var state in _states)
        {
            state.OnAnswered(answered);
        }
    }

    private void Doubt()
    {
        foreach (var state in _states)
        {
            state.Doubt();
        }
    }

    private void AskAll()
    {
        _allAsked = true;
        _work.Ask();
    }

    private async Task Assert()
    {
        var all = _allAsked;
        if (all)
        {
            // A change that comes meanwhile says false, and false it stays.
            (_allAsked, _nothingDesired) = (false, true);
        }

        foreach (var state in _states.Where(state => all || state.FollowsTags))
        {
            _nothingDesired &= !await state.Assert();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its desired state was not asserted: {Reason}")]
    private static partial void LogNotAsserted(ILogger logger, ChargerId charger, string reason);
}
