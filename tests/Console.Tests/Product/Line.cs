using System.Net;
using System.Net.Sockets;

namespace EvCharge.ConsoleTests.Product;

/// <summary>A line to the product that can be cut: what goes through it ends at once, and nothing goes through until it is mended.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Uri _product;
    private readonly Task _listening;
    private bool _cut;

    public Line(Uri product)
    {
        _product = product;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _listening = Listen();
    }

    public Uri Address { get; }

    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            foreach (var socket in _open)
            {
                socket.Dispose();
            }

            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _listening;
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                _ = Join(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Join(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            lock (_gate)
            {
                if (_cut)
                {
                    return;
                }

                _open.Add(near);
                _open.Add(far);
            }

            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _product.Port);
                await Task.WhenAny(Pass(near, far), Pass(far, near));
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // Cut, or one end has gone: the other goes with it.
            }

            lock (_gate)
            {
                _open.Remove(near);
                _open.Remove(far);
            }
        }
    }

    private static async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            await to.SendAsync(buffer.AsMemory(0, count));
        }
    }
}
