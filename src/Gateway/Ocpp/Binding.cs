namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// How a connection is bound to its charger's grain: to the activation on which silo, and when that must be made again.
/// Safe to use from several threads.
/// </summary>
internal sealed class Binding(TimeProvider time)
{
    /// <summary>After this time every binding is made again, in case an activation was lost without a word.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _silo;
    private string? _lastSilo;
    private long _triedAt = time.GetTimestamp();
    private bool _trying;
    private int _failures;

    /// <summary>True while a transaction ran when it was made: such chargers are bound again first.</summary>
    public bool Busy { get; private set; }

    /// <summary>Completes when the binding is made to an activation on another silo than before.</summary>
    public Task Moved
    {
        get
        {
            lock (_gate)
            {
                return _moved.Task;
            }
        }
    }

    public void Trying()
    {
        lock (_gate)
        {
            _trying = true;
            _triedAt = time.GetTimestamp();
        }
    }

    public void Made(string silo, bool busy)
    {
        lock (_gate)
        {
            if (_lastSilo is not null && _lastSilo != silo)
            {
                _moved.TrySetResult();
                _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            (_silo, _lastSilo, Busy, _trying, _failures) = (silo, silo, busy, false, 0);
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            (_silo, _trying) = (null, false);
            _failures++;
        }
    }

    /// <summary>The activation says that it ends.</summary>
    public void Lost()
    {
        lock (_gate)
        {
            _silo = null;
        }
    }

    /// <param name="active">The silos that are there; null when that is not known.</param>
    public bool IsLost(IReadOnlySet<string>? active)
    {
        lock (_gate)
        {
            return _silo is null || active?.Contains(_silo) == false;
        }
    }

    /// <summary>True when it should be made again now: lost, and not tried just before in vain, or old.</summary>
    public bool IsDue(IReadOnlySet<string>? active)
    {
        lock (_gate)
        {
            var pause = IsLost(active) ? Pause() : Period;
            return !_trying && time.GetElapsedTime(_triedAt) >= pause;
        }
    }

    private TimeSpan Pause()
    {
        if (_failures == 0)
        {
            return TimeSpan.Zero;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(_failures - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
