using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvCharge.Fleet.Client;

/// <summary>How a client can be a burden.</summary>
internal enum Offence
{
    /// <summary>It connects and says nothing.</summary>
    Silence,

    /// <summary>It sends half of the request for the upgrade.</summary>
    HalfHandshake,

    /// <summary>It writes a message byte by byte.</summary>
    ByteWise,

    /// <summary>It sends as fast as it can and never reads an answer.</summary>
    Flood,
}

/// <summary>A hostile client: it comes back as soon as it is cut.</summary>
internal sealed class Offender(IPEndPoint server, Offence offence, string name)
{
    private readonly List<double> _cutAfter = [];

    /// <summary>Seconds from the beginning of each offence until the server ended it.</summary>
    public IReadOnlyList<double> CutAfter => _cutAfter;

    public Offence Offence => offence;

    public string Name => name;

    public async Task Run(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            var clock = Stopwatch.StartNew();
            try
            {
                await socket.ConnectAsync(server, over);
                await Offend(socket, clock, over);
            }
            catch (SocketException)
            {
                _cutAfter.Add(clock.Elapsed.TotalSeconds);
            }
            catch (OperationCanceledException)
            {
                // An offence that lasts when time is over counts for as long as it lasted.
                _cutAfter.Add(clock.Elapsed.TotalSeconds);
                return;
            }
        }
    }

    private async Task Offend(Socket socket, Stopwatch clock, CancellationToken over)
    {
        switch (offence)
        {
            case Offence.Silence:
                break;
            case Offence.HalfHandshake:
                await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /ocpp/{name} HTTP/1.1\r\nHost: {server}\r\nUpgr"), over);
                break;
            case Offence.ByteWise:
                await Upgrade(socket, over);
                clock.Restart();
                await Dribble(socket, over);
                return;
            case Offence.Flood:
                await Upgrade(socket, over);
                clock.Restart();
                await Pour(socket, over);
                return;
        }

        await Silent(socket, over);
    }

    /// <summary>Reads until the server closes; then the cut is noted as a broken connection is.</summary>
    private static async Task Silent(Socket socket, CancellationToken over)
    {
        var scrap = new byte[256];
        while (await socket.ReceiveAsync(scrap, over) > 0)
        {
            // A close frame, or an answer that says what is wrong.
        }

        throw new SocketException((int)SocketError.ConnectionReset);
    }

    private async Task Upgrade(Socket socket, CancellationToken over)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ocpp/{name} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: RXZDaGFyZ2UgRmxlZXQgMQ==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n"), over);
        await socket.ReceiveAsync(new byte[512], over);
    }

    private static async Task Dribble(Socket socket, CancellationToken over)
    {
        var frame = new FrameBuffer().Of(0x81, new byte[100]);
        for (var index = 0; ; index = Math.Min(index + 1, frame.Length - 2))
        {
            await socket.SendAsync(frame.Slice(index, 1), over);
            if (socket.Poll(0, SelectMode.SelectRead))
            {
                await Silent(socket, over);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), over);
        }
    }

    private static async Task Pour(Socket socket, CancellationToken over)
    {
        var calls = Enumerable.Range(0, 100).SelectMany(
            number => new FrameBuffer().Of(0x81, Encoding.ASCII.GetBytes($"[2,\"{number}\",\"Heartbeat\",{{}}]")).ToArray()).ToArray();
        while (true)
        {
            // Sockets complete on the thread that polls them: without a step aside the flood is written by the thread that reads the healthy chargers' answers.
            await Task.Yield();
            await socket.SendAsync(calls, over);
        }
    }
}
