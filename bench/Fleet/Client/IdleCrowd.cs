using System.Diagnostics;
using System.Net.Sockets;

namespace EvCharge.Fleet.Client;

/// <summary>
/// Chargers that do nothing but what every charger does: they answer pings and send a Heartbeat when it is time. There is no
/// timer for it: the ping that comes by tells the time.
/// </summary>
internal sealed class IdleCrowd
{
    /// <summary>Its multiples lie evenly between whole numbers, however many there are.</summary>
    private const double GoldenRatio = 0.618034;

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(300);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _added;
    private int _lost;

    /// <summary>Connections that ended although nobody here ended them.</summary>
    public int Lost => _lost;

    /// <summary>From here on nobody else may speak for the charger, until its connection has ended.</summary>
    public void Add(Charger charger)
    {
        // The first Heartbeats have their turns within the first interval, as in a fleet that grew by and by.
        var phase = Interlocked.Increment(ref _added) * GoldenRatio % 1;
        _ = Idle(charger, _clock.Elapsed + (BeatEvery * phase));
    }

    private async Task Idle(Charger charger, TimeSpan beatAt)
    {
        var link = charger.Link;
        try
        {
            while (true)
            {
                var message = await link.NextOrPing();
                if (message.Span.StartsWith("[2,"u8))
                {
                    await link.Refuse(message);
                }

                if (_clock.Elapsed >= beatAt)
                {
                    beatAt += BeatEvery;
                    await link.Send(charger.Heartbeat());
                }
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // The scenario is over, or the server has closed: the number tells.
            Interlocked.Increment(ref _lost);
        }
    }
}
