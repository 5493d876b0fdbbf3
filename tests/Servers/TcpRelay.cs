using System.Net;
using System.Net.Sockets;

namespace EvCharge.Servers;

/// <summary>Stands between a process and a server on this machine, and makes the line between them slow, or cuts it.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;
    private CancellationTokenSource _whole = new();
    private long _delay;

    private TcpRelay(int target, IPAddress near)
    {
        _listener = new TcpListener(near, 0);
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Added to whatever goes either way.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delay));
        set => Volatile.Write(ref _delay, value.Ticks);
    }

    /// <param name="port">Of the server.</param>
    /// <param name="near">Where it is reached; null for the loopback.</param>
    public static TcpRelay To(int port, IPAddress? near = null) => new(port, near ?? IPAddress.Loopback);

    /// <summary>Cuts all connections, and each new one as soon as it is made, until <see cref="Mend"/>.</summary>
    public Task Cut() => _whole.CancelAsync();

    public void Mend() => _whole = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task Accept()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                _ = Relay(await _listener.AcceptSocketAsync(_over.Token), _whole.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Relay(Socket near, CancellationToken cut)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, cut);
                await Task.WhenAny(Pump(near, far, cut), Pump(far, near, cut));
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException)
            {
                // Whoever waits on the other side is told by the end of its connection.
            }
        }
    }

    private async Task Pump(Socket from, Socket to, CancellationToken cut)
    {
        var piece = new byte[65_536];
        while (await from.ReceiveAsync(piece, cut) is var count and > 0)
        {
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, cut);
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(piece.AsMemory(sent, count - sent), cut);
            }
        }
    }
}
