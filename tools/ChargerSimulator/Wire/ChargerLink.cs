using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using EvCharge.Ocpp;

namespace EvCharge.ChargerSimulator.Wire;

/// <summary>
/// One connection: pairs answers with calls, keeps one CALL outstanding (OCPP-J 1.6 §4.1.1) and hands on the CSMS's calls.
/// </summary>
internal sealed class ChargerLink : IDisposable
{
    private readonly ChargerSocket _socket;
    private readonly TimeProvider _time;
    private readonly TimeSpan _answerTimeout;
    private readonly Func<ChargerLink, Frame, Task> _onCall;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<CallOutcome>> _pending = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _cut = new();
    private volatile Task _silence = Task.CompletedTask;

    public ChargerLink(ChargerSocket socket, TimeProvider time, TimeSpan answerTimeout, Func<ChargerLink, Frame, Task> onCall)
    {
        _socket = socket;
        _time = time;
        _answerTimeout = answerTimeout;
        _onCall = onCall;
        Ended = _ended.Token;
    }

    /// <summary>Cancelled when the connection is down.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Reads until the connection ends; never throws for its end.</summary>
    public async Task ListenAsync()
    {
        try
        {
            while (await NextAsync() is { } message)
                await TakeAsync(message);
        }
        finally
        {
            await _ended.CancelAsync();
            foreach (var id in _pending.Keys)
                Complete(id, CallOutcome.Disconnected);
        }
    }

    /// <summary>Sends a CALL when the one before it is answered, and waits for the answer or the time-out.</summary>
    /// <param name="afterSent">Runs once the frame is on the wire, before the answer is awaited.</param>
    public async Task<CallOutcome> CallAsync(string messageId, byte[] frame, Func<Task>? afterSent = null)
    {
        try
        {
            await _turn.WaitAsync(Ended);
        }
        catch (OperationCanceledException)
        {
            return CallOutcome.Disconnected;
        }

        var answer = new TaskCompletionSource<CallOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[messageId] = answer;
        try
        {
            await _socket.SendAsync(frame, Ended);
            if (afterSent is not null)
                await afterSent();
            if (Ended.IsCancellationRequested)
                Complete(messageId, CallOutcome.Disconnected);
            return await answer.Task.WaitAsync(_answerTimeout, _time);
        }
        catch (TimeoutException)
        {
            return CallOutcome.TimedOut;
        }
        catch (Exception gone) when (IsDisconnect(gone))
        {
            return CallOutcome.Disconnected;
        }
        finally
        {
            _pending.TryRemove(messageId, out _);
            _turn.Release();
        }
    }

    /// <summary>Puts bytes on the wire as they are; false when the connection is down.</summary>
    public async Task<bool> SendRawAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _socket.SendAsync(message, Ended);
            return true;
        }
        catch (Exception gone) when (IsDisconnect(gone))
        {
            return false;
        }
    }

    /// <summary>Stops reading until <paramref name="until"/> ends: the CSMS sees a charger that is connected and mute.</summary>
    public void BeSilent(Task until) => _silence = until;

    /// <summary>Ends the TCP connection without a closing handshake.</summary>
    public void Cut(bool reset)
    {
        _socket.Cut(reset);
        _cut.Cancel();
    }

    /// <summary>The closing handshake, given <paramref name="patience"/>; after that the connection is cut.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        try
        {
            await _socket.CloseAsync(limit.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, Ended).WaitAsync(limit.Token);
        }
        catch (Exception gone) when (IsDisconnect(gone))
        {
            Cut(reset: false);
        }
    }

    // The cancellation sources hold no timer, and a fault may still cut a link that has just ended: they are left alone.
    public void Dispose() => _socket.Dispose();

    /// <summary>The next message, or null for every way in which a connection can end.</summary>
    private async Task<byte[]?> NextAsync()
    {
        try
        {
            var message = await _socket.ReceiveAsync(_cut.Token);
            await _silence.WaitAsync(_cut.Token);
            return message;
        }
        catch (Exception gone) when (IsDisconnect(gone))
        {
            return null;
        }
    }

    private async Task TakeAsync(byte[] message)
    {
        var (frame, fault) = FrameReader.Read(message);
        if (fault is not null)
        {
            if (fault.Answerable)
                await SendRawAsync(FrameWriter.CallError(fault.MessageId!, fault.Code, fault.Text));
            else if (fault.MessageId is { } id)
                Complete(id, new(CallStatus.Refused, default, fault.Code));
            return;
        }

        switch (frame.Kind)
        {
            case FrameKind.Call:
                await _onCall(this, frame);
                break;
            case FrameKind.CallResult:
                Complete(frame.MessageId, new(CallStatus.Answered, frame.Payload, ""));
                break;
            case FrameKind.CallError:
                Complete(frame.MessageId, new(CallStatus.Refused, default, frame.ErrorCode));
                break;
        }
    }

    // Late answers and those to replayed frames belong to no open call; they change nothing.
    private void Complete(string messageId, CallOutcome outcome)
    {
        if (_pending.TryGetValue(messageId, out var waiting))
            waiting.TrySetResult(outcome);
    }

    private static bool IsDisconnect(Exception thrown) => thrown is WebSocketException or IOException or SocketException
        or OperationCanceledException or ObjectDisposedException or InvalidDataException or InvalidOperationException;
}
