using System.Diagnostics.Metrics;

namespace EvCharge.Gateway.Frames;

/// <summary>Measurements of the frame log.</summary>
internal sealed class FrameInstruments(IMeterFactory meters)
{
    private readonly Counter<long> _dropped = meters.Create("evcharge.frames")
        .CreateCounter<long>("evcharge.frames.dropped", "{frame}", "Entries of frame logs that were not stored.");

    public void Dropped(long count) => _dropped.Add(count);
}
