using System.Diagnostics;
using System.Net.Sockets;

namespace EvCharge.Fleet.Client;

/// <summary>
/// Chargers that do nothing but what every charger does: they answer pings and send a Heartbeat when it is time. There is no
/// timer for it: the ping that comes by tells the time.
/// </summary>
internal sealed class IdleCrowd
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(300);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _lost;

    /// <summary>Connections that ended although nobody here ended them.</summary>
    public int Lost => _lost;

    /// <summary>Each charger's first Heartbeat has its turn within the first interval, as in a fleet that grew by and by.</summary>
    public void Add(Charger charger, double phase) => _ = Idle(charger, _clock.Elapsed + (BeatEvery * phase));

    private async Task Idle(Charger charger, TimeSpan beatAt)
    {
        try
        {
            while (true)
            {
                var message = await charger.Link.NextOrPing();
                if (message.Span.StartsWith("[2,"u8))
                {
                    await charger.Link.Refuse(message);
                }

                if (_clock.Elapsed >= beatAt)
                {
                    beatAt += BeatEvery;
                    await charger.Link.Send(charger.Heartbeat());
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
