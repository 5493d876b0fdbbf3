using System.Net.WebSockets;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Sending, parting, and what is logged.</summary>
internal sealed partial class ChargerSocket
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private async Task Send()
    {
        try
        {
            // Not by an async stream, whose iterator would wait in memory beside this one.
            while (await _sends.Reader.WaitToReadAsync())
            {
                while (_sends.Reader.TryRead(out var frame))
                {
                    var sending = _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    if (sending.IsCompleted)
                    {
                        await sending;
                    }
                    else
                    {
                        await InTime(sending.AsTask());
                    }
                }
            }
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(SocketEnd.Lost);
        }
    }

    /// <summary>A frame that the network does not take is waited for a while; then the connection is torn down.</summary>
    private async Task InTime(Task sending)
    {
        try
        {
            await sending.WaitAsync(TimeSpan.FromSeconds(_options.SendSeconds), _time);
        }
        catch (TimeoutException)
        {
            End(SocketEnd.NotReading);
            _socket.Abort();
            await sending;
        }
    }

    /// <summary>
    /// Sends what is still to be sent and a close frame that says why, and hears the peer out, all within a short time.
    /// A connection that did not end in order then is torn down: a peer that reads nothing would hold it for minutes.
    /// </summary>
    private async Task SayGoodbye(Task sending, Task reading)
    {
        using var patience = new CancellationTokenSource(GoodbyePatience, _time);
        try
        {
            await sending.WaitAsync(patience.Token);
            await SendClose(patience.Token);
            await reading.WaitAsync(patience.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            LogNoGoodbye(_logger, Charger, lost.Message);
        }

        await _stop.CancelAsync();
        if (_socket.State != WebSocketState.Closed)
        {
            _socket.Abort();
        }

        await Task.WhenAll(sending, reading);
    }

    private async Task SendClose(CancellationToken patience)
    {
        if (_wire.Refusal is { } refusal && _socket.State == WebSocketState.Aborted)
        {
            await _wire.SendClose(refusal, patience);
        }
        else if (_end != SocketEnd.Lost && _socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(_end!.Status, _end.Text, patience);
        }
    }

    /// <summary>The boundary of calls to the grain that nobody awaits, or whose failure changes nothing here: it is logged.</summary>
    private async Task Guarded(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception fault)
        {
            LogGrainLost(_logger, fault, Charger);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Charger}: connected as {Epoch} from {Address}")]
    private static partial void LogAttached(ILogger logger, ChargerId charger, Epoch epoch, string address);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Charger}: connection {Epoch} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, ChargerId charger, Epoch epoch, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Charger}: parted without a handshake: {Reason}")]
    private static partial void LogNoGoodbye(ILogger logger, ChargerId charger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: unreadable message of {Length} bytes, {Code}: {Text}")]
    private static partial void LogUnreadable(ILogger logger, ChargerId charger, string code, string text, int length);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Charger}: {Action} {MessageId} could not be processed")]
    private static partial void LogBroken(ILogger logger, Exception fault, ChargerId charger, string action, string messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: {Action} {MessageId} stays unanswered, so that the charger repeats it")]
    private static partial void LogUnanswered(ILogger logger, ChargerId charger, string action, string messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its grain did not take a call")]
    private static partial void LogGrainLost(ILogger logger, Exception fault, ChargerId charger);
}
