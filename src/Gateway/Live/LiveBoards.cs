using EvCharge.History;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EvCharge.Gateway.Live;

/// <summary>
/// The boards that somebody watches. One loop looks for all who watch the same. When the last has gone the board rests for some
/// time, so that who comes back after a cut goes on where they were.
/// </summary>
internal sealed partial class LiveBoards(
    LiveReader reader, IOptions<LiveOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveBoards> log)
{
    /// <summary>A look may take this share of the time: a large site is looked at less often.</summary>
    private const int LeastRest = 4;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<LiveTopic, Watched> _watched = [];

    /// <summary>For as long as what is returned is not disposed of.</summary>
    public Watch Open(LiveTopic topic)
    {
        lock (_gate)
        {
            if (!_watched.TryGetValue(topic, out var watched))
            {
                watched = new Watched(new LiveBoard(topic.ToString()));
                _watched.Add(topic, watched);
                _ = Task.Run(() => Run(topic, watched));
            }

            watched.Watchers++;
            return new Watch(watched.Board, () => Leave(watched));
        }
    }

    private async Task Run(LiveTopic topic, Watched watched)
    {
        var wellRead = true;
        while (GoesOn(topic, watched))
        {
            if (watched.Watchers == 0)
            {
                watched.Board.Rest();
                await Task.Delay(options.Value.Period, time);
                continue;
            }

            var started = time.GetTimestamp();
            try
            {
                var rows = await reader.Look(topic);
                watched.Board.Show(time.GetUtcNow(), rows);
                wellRead = true;
            }
            catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
            {
                // Readers see that no frame comes and say so; the next look may do better.
                if (wellRead)
                {
                    LogNotRead(topic.ToString(), fault.Message);
                }

                wellRead = false;
            }
            catch (Exception fault)
            {
                // A defect of ours, which the log tells of; the loop lives on for the topic's other readers.
                if (wellRead)
                {
                    LogBroken(topic.ToString(), fault);
                }

                wellRead = false;
            }

            var rest = time.GetElapsedTime(started) * LeastRest;
            await Task.Delay(rest > options.Value.Period ? rest : options.Value.Period, time);
        }
    }

    private bool GoesOn(LiveTopic topic, Watched watched)
    {
        lock (_gate)
        {
            var goesOn = !lifetime.ApplicationStopping.IsCancellationRequested
                && (watched.Watchers > 0 || time.GetUtcNow() - watched.LeftAt < KeptFor);
            if (!goesOn)
            {
                _watched.Remove(topic);
            }

            return goesOn;
        }
    }

    private void Leave(Watched watched)
    {
        lock (_gate)
        {
            watched.Watchers--;
            watched.LeftAt = time.GetUtcNow();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic} cannot be looked at now: {Reason}")]
    private partial void LogNotRead(string topic, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} cannot be looked at.")]
    private partial void LogBroken(string topic, Exception fault);

    private sealed class Watched(LiveBoard board)
    {
        public LiveBoard Board { get; } = board;

        public int Watchers { get; set; }

        public DateTimeOffset LeftAt { get; set; }
    }

    /// <summary>Somebody's place before a board.</summary>
    public sealed class Watch(LiveBoard board, Action leave) : IDisposable
    {
        public LiveBoard Board => board;

        public void Dispose() => leave();
    }
}
