namespace EvCharge.Gateway.Ocpp;

/// <summary>Whether the peer is still there.</summary>
internal sealed partial class ChargerSocket
{
    private long _heard;
    private int _quiet;

    /// <summary>
    /// Called each second. A peer that sent nothing for as long as the pings' interval is pinged, and one that sent nothing
    /// for as long again is given up; whatever it sends counts. It is counted in calls, not in time: a process that stood
    /// still itself heard nobody.
    /// </summary>
    public void WatchPeer()
    {
        var heard = _wire.Received;
        if (heard != _heard || !Connection.Pinged)
        {
            (_heard, _quiet) = (heard, 0);
            return;
        }

        _quiet++;
        if (_quiet == _options.PingSeconds)
        {
            _ = Ping();
        }
        else if (_quiet >= 2 * _options.PingSeconds)
        {
            End(SocketEnd.Silent);
        }
    }

    private async Task Ping()
    {
        try
        {
            await _wire.Ping();
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader or the sender learns the same, and ends the connection.
            LogNoGoodbye(_logger, Charger, lost.Message);
        }
    }
}
