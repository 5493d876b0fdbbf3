using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using EvCharge.Domain.Proxy;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Proxy;

/// <summary>
/// A connection to another system, as a charger of OCPP-J 1.6 holds one: one call outstanding each way, limits on all that comes.
/// What goes wrong ends it, and fails whoever waits on it.
/// </summary>
internal sealed class UpstreamSocket : IAsyncDisposable
{
    private const int MostCalls = 16;
    private const int MostUnreadable = 3;

    /// <summary>A charger is asked ten things a second at most, whatever the system would like.</summary>
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PongPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Channel<Frame> _calls = Channel.CreateBounded<Frame>(MostCalls);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProxyOptions _options;
    private readonly TimeProvider _time;
    private (string Id, TaskCompletionSource<Frame> Answer)? _asked;
    private Task _loops = Task.CompletedTask;

    public UpstreamSocket(ProxyOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _socket.Options.AddSubProtocol(OcppVersion.V16);
        _socket.Options.SetRequestHeader(RelayMark.Header, RelayMark.Ours);
        _socket.Options.KeepAliveInterval = PingInterval;
        _socket.Options.KeepAliveTimeout = PongPatience;
    }

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Connects, and from then on has the system's calls answered.</summary>
    /// <param name="authorization">Value of the header of that name; null for none.</param>
    /// <param name="answer">Makes the frame that answers a call.</param>
    /// <exception cref="UpstreamException">There is no connection.</exception>
    public async Task Connect(HttpMessageInvoker http, Uri address, string? authorization, Func<Frame, Task<byte[]>> answer)
    {
        if (authorization is not null)
        {
            _socket.Options.SetRequestHeader("Authorization", authorization);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ConnectSeconds), _time);
        try
        {
            await _socket.ConnectAsync(address, http, patience.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or HttpRequestException or IOException)
        {
            throw new UpstreamException((failure.InnerException ?? failure).Message);
        }
        catch (OperationCanceledException)
        {
            throw new UpstreamException($"It did not accept the connection within {_options.ConnectSeconds} s.");
        }

        if (_socket.SubProtocol != OcppVersion.V16)
        {
            throw new UpstreamException($"It does not speak {OcppVersion.V16}.");
        }

        _loops = Task.WhenAll(Read(), Work(answer));
    }

    /// <summary>Sends a call and waits for its answer, a CALLRESULT or a CALLERROR.</summary>
    /// <exception cref="UpstreamException">None came.</exception>
    public async Task<Frame> Ask(string action, ReadOnlyMemory<byte> payload)
    {
        await _asking.WaitAsync(_stop.Token);
        try
        {
            var asked = (Id: Guid.NewGuid().ToString(), Answer: new TaskCompletionSource<Frame>(TaskCreationOptions.RunContinuationsAsynchronously));
            _asked = asked;
            await Send(FrameWriter.Call(asked.Id, action, payload.Span));
            if (await Task.WhenAny(asked.Answer.Task, _ended.Task).WaitAsync(TimeSpan.FromSeconds(_options.AnswerSeconds), _time) == asked.Answer.Task)
            {
                return await asked.Answer.Task;
            }

            throw new UpstreamException(await _ended.Task);
        }
        catch (TimeoutException)
        {
            throw new UpstreamException($"It did not answer {action} within {_options.AnswerSeconds} s.");
        }
        finally
        {
            _asked = null;
            _asking.Release();
        }
    }

    /// <summary>Ends the connection for a reason; the first reason stands.</summary>
    public void End(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _calls.Writer.TryComplete();
        }
    }

    public async ValueTask DisposeAsync()
    {
        End("It was closed here.");
        await SayGoodbye();
        await _stop.CancelAsync();
        _socket.Abort();
        await _loops;
        _socket.Dispose();
        _sending.Dispose();
        _asking.Dispose();
        _stop.Dispose();
    }

    private async Task SayGoodbye()
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token).WaitAsync(GoodbyePatience, _time);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or TimeoutException or ObjectDisposedException)
        {
            // It is going anyway.
        }
    }

    private async Task Send(byte[] frame)
    {
        try
        {
            await _sending.WaitAsync(_stop.Token);
            try
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(failure.Message);
        }
    }

    private async Task Read()
    {
        var unreadable = 0;
        try
        {
            while (!_ended.Task.IsCompleted && await Next() is { } message)
            {
                var read = FrameReader.Read(message);
                if (read.Fault is not { } fault)
                {
                    unreadable = 0;
                    Dispatch(read.Frame);
                }
                else if (++unreadable >= MostUnreadable)
                {
                    End($"It sent {MostUnreadable} messages in a row that cannot be read: {fault.Text}");
                }
                else if (fault is { Answerable: true, MessageId: { } id })
                {
                    await Send(FrameWriter.CallError(id, fault.Code, fault.Text));
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(failure.Message);
        }
    }

    /// <summary>The next message in an array of its own; null when none will be taken any more.</summary>
    private async Task<byte[]?> Next()
    {
        // Waiting for a first byte costs no buffer: most links wait most of the time.
        var received = await _socket.ReceiveAsync(Memory<byte>.Empty, _stop.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(_options.MaxMessageBytes);
        try
        {
            var length = 0;
            while (true)
            {
                if (received.MessageType != WebSocketMessageType.Text)
                {
                    End(received.MessageType == WebSocketMessageType.Close
                        ? $"It closed the connection: {_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd()
                        : "It sent a binary message.");
                    return null;
                }

                if (received.EndOfMessage)
                {
                    return buffer[..length];
                }

                if (length >= _options.MaxMessageBytes)
                {
                    End($"It sent a message of more than {_options.MaxMessageBytes} bytes.");
                    return null;
                }

                received = await _socket.ReceiveAsync(buffer.AsMemory(length, _options.MaxMessageBytes - length), _stop.Token);
                length += received.Count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Dispatch(Frame frame)
    {
        if (frame.Kind != FrameKind.Call)
        {
            if (_asked is { } asked && asked.Id == frame.MessageId)
            {
                asked.Answer.TrySetResult(frame);
            }
        }
        else if (!_calls.Writer.TryWrite(frame))
        {
            End($"It sent more than {MostCalls} commands without waiting for an answer.");
        }
    }

    private async Task Work(Func<Frame, Task<byte[]>> answer)
    {
        await foreach (var call in _calls.Reader.ReadAllAsync())
        {
            if (_ended.Task.IsCompleted)
            {
                return;
            }

            try
            {
                await Send(await answer(call));
            }
            catch (Exception fault)
            {
                End($"Its {call.Action} could not be answered: {fault.Message}"); // whatever it was, the link begins anew
                return;
            }

            await Task.Delay(BetweenCalls, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
