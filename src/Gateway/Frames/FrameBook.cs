using System.Collections.Concurrent;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Frames;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Frames;

internal enum LogMode
{
    Off,
    Memory,
    Full,
}

/// <summary>
/// The frame logs of the chargers that this gateway serves or has just served. To take an entry never waits: what cannot be
/// stored in time is dropped, and the next entry of the charger says how many were.
/// </summary>
internal sealed class FrameBook(FrameQueue queue, IOptions<FrameLogOptions> options, TimeProvider time)
{
    /// <summary>How long the last words of a charger are kept in memory after its connection ended.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ChargerId, ChargerFrames> _chargers = new();
    private readonly long _bytes = options.Value.MemoryMebibytes * 1024L * 1024L;
    private volatile FrameLogSettings? _settings;
    private volatile int _count;

    public int EntriesForEach { get; } = options.Value.MemoryEntries;

    public long BytesForEach => _bytes / Math.Max(1, _count);

    /// <summary>A connection's log, from its first entry on.</summary>
    public ConnectionLog Open(ChargerId charger)
    {
        var frames = _chargers.GetOrAdd(charger, static (name, book) => new ChargerFrames(name, book), this);
        frames.IdleSince = null;
        _count = _chargers.Count;
        return new ConnectionLog(frames, time);
    }

    /// <summary>The newest entries of the charger here, oldest first; empty when this gateway has none.</summary>
    public IReadOnlyList<LoggedFrame> Newest(ChargerId charger) => _chargers.GetValueOrDefault(charger)?.Newest() ?? [];

    /// <summary>Its own setting, else its tenant's, else the installation's. Memory until the settings were read.</summary>
    public LogMode ModeOf(ChargerId charger)
    {
        if (_settings is not { } settings)
        {
            return options.Value.Mode == "auto" ? LogMode.Memory : Read(options.Value.Mode);
        }

        var mode = settings.Chargers.GetValueOrDefault(charger)
            ?? settings.Tenants.GetValueOrDefault(charger.Tenant.Value)
            ?? options.Value.Mode;
        return mode != "auto" ? Read(mode) : settings.ChargerCount < options.Value.FullBelow ? LogMode.Full : LogMode.Memory;
    }

    public bool TryStore(ChargerId charger, LoggedFrame frame) => queue.TryAdd(new ChargerFrame(charger, frame));

    /// <summary>Takes new settings, and forgets who has been away for long or has no log any more.</summary>
    public void Refresh(FrameLogSettings settings)
    {
        _settings = settings;
        foreach (var (charger, frames) in _chargers)
        {
            if (frames.IdleSince is { } since && time.GetElapsedTime(since) > RememberedFor)
            {
                _chargers.TryRemove(KeyValuePair.Create(charger, frames));
            }
            else if (frames.Mode == LogMode.Off)
            {
                frames.Clear();
            }
        }

        _count = _chargers.Count;
    }

    private static LogMode Read(string mode) => mode switch
    {
        FrameLogModes.Full => LogMode.Full,
        FrameLogModes.Memory => LogMode.Memory,
        _ => LogMode.Off,
    };
}
