using EvCharge.Contracts.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// How long the answer to a command is waited for: a while, but not long when something urgent is to be sent behind it, since one call at
/// a time is outstanding. A charger that was seen to answer later than that is given so long from then on.
/// </summary>
internal sealed class AnswerPatience(ChargerOptions options, TimeProvider time)
{
    /// <summary>By how much the next answer may be later than the latest so far.</summary>
    private const double Room = 1.5;

    private TaskCompletionSource _hurry = new();
    private TimeSpan _latest;

    private TimeSpan Usual => TimeSpan.FromSeconds(options.CommandTimeoutSeconds);

    private TimeSpan Short
    {
        get
        {
            var least = Math.Max(options.LimitTimeoutSeconds, Room * _latest.TotalSeconds);
            return TimeSpan.FromSeconds(Math.Min(least, options.CommandTimeoutSeconds));
        }
    }

    /// <summary>From now on something urgent waits.</summary>
    public void Hurry() => _hurry.TrySetResult();

    /// <summary>An answer came that was not waited for any more.</summary>
    public void Missed(DateTimeOffset? sentAt)
    {
        if (time.GetUtcNow() - sentAt is { } took && took > _latest)
        {
            _latest = took;
        }
    }

    /// <param name="answer">Null when the connection is lost before it comes.</param>
    /// <param name="hurries">The command is urgent, or something urgent waits.</param>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<OcppFrame?> Wait(Task<OcppFrame?> answer, bool hurries)
    {
        var began = time.GetTimestamp();
        _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (hurries)
        {
            _hurry.SetResult();
        }

        await Task.WhenAny(answer, _hurry.Task).WaitAsync(Usual, time);
        var left = Short - time.GetElapsedTime(began);
        return await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }
}
