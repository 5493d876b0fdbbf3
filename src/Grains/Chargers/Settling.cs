using EvCharge.Grains.Models;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Says when a fresh connection may be given commands. Chargers that are asked something while they still start have been
/// seen to hang or to boot again, so the charger speaks first: after its first message it gets a moment more, and one that
/// keeps silent because it only came back is waited for a while; how long is its model's matter. One that drops its connection
/// again and again has to stay for a while first; a second socket beside one still held is not a drop.
/// </summary>
internal sealed class Settling(ChargerOptions options, ChargerQuirks quirks, TimeProvider time)
{
    private const int MostReturns = 4;
    private static readonly TimeSpan ReturnsWithin = TimeSpan.FromMinutes(1);
    private readonly Queue<DateTimeOffset> _returns = new(MostReturns);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _settlesAt;
    private bool _flapping;
    private bool _spoke;

    /// <param name="rebound">The connection is not fresh.</param>
    /// <param name="booted">The charger booted before; one that never did has to say so first.</param>
    /// <param name="tookOver">The connection before was still held.</param>
    public void OnAttached(bool rebound, bool booted, bool tookOver)
    {
        _spoke = false;
        var now = time.GetUtcNow();
        if (rebound)
        {
            Settle(now);
            return;
        }

        _flapping = !tookOver && IsFlapping(now);
        Settle(_flapping ? now.AddSeconds(options.SettleFlappingSeconds)
            : booted ? now + quirks.SettleSilence
            : null);
    }

    public void OnServed(string action)
    {
        // A boot is the start of it all: the moment counts anew from there.
        if (!_flapping && (!_spoke || action == "BootNotification"))
        {
            _spoke = true;
            Settle(time.GetUtcNow() + quirks.SettleTime);
        }
    }

    public void OnDetached() => Settle(null);

    /// <summary>True as soon as the connection has settled, false when that takes too long.</summary>
    public async Task<bool> Settled(TimeSpan patience)
    {
        var until = time.GetUtcNow() + patience;
        while (true)
        {
            var now = time.GetUtcNow();
            if (_settlesAt <= now || now >= until)
            {
                return _settlesAt <= now;
            }

            try
            {
                await _changed.Task.WaitAsync((_settlesAt < until ? _settlesAt.Value : until) - now, time);
            }
            catch (TimeoutException)
            {
                // The moment has come: look again.
            }
        }
    }

    private bool IsFlapping(DateTimeOffset now)
    {
        while (_returns.TryPeek(out var earlier) && (earlier <= now - ReturnsWithin || _returns.Count == MostReturns))
        {
            _returns.Dequeue();
        }

        _returns.Enqueue(now);
        return _returns.Count == MostReturns;
    }

    private void Settle(DateTimeOffset? at)
    {
        _settlesAt = at;
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
