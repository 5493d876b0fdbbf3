using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Frames;
using EvCharge.Gateway.Ocpp;
using EvCharge.History.Frames;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EvCharge.Micro;

/// <summary>A Heartbeat from the first byte of its WebSocket frame to the last of its answer, in a gateway without a frame log.</summary>
public class GatewayBenchmarks
{
    private const int Heartbeats = 1_000;
    private readonly CancellationTokenSource _processEnds = new();
    private readonly LoopStream _network = new(Masked("[2,\"17\",\"Heartbeat\",{}]"u8));
    private ServiceProvider _services = null!;
    private ChargerSocket _socket = null!;
    private Task<SocketEnd> _serving = null!;

    [GlobalSetup]
    public async Task Connect()
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<FrameInstruments>().AddSingleton<FrameQueue>().AddSingleton<FrameBook>().AddSingleton<UnpingedChargers>()
            .AddSingleton<SocketRegistry>().AddSingleton<OcppInstruments>()
            .AddSingleton(TimeProvider.System).AddSingleton(Options.Create(new FrameLogOptions { Mode = "off" })).BuildServiceProvider();
        var charger = new ChargerId(TenantId.Default, "CP1");
        var wire = new ChargerStream(_network, new FrameGuard(65_536), TimeProvider.System);
        _socket = new ChargerSocket(
            WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true }),
            wire,
            new ChargerSocket.ConnectionInfo(charger, "ocpp1.6", "127.0.0.1", Pinged: true),
            Answering.As<IChargerGrain>(Answer),
            Answering.As<IGatewayObserver>(method => throw new NotSupportedException(method)),
            _services.GetRequiredService<FrameBook>().Open(charger),
            _services.GetRequiredService<UnpingedChargers>(),
            _services.GetRequiredService<OcppInstruments>(),
            new OcppGatewayOptions(),
            TimeProvider.System,
            NullLogger.Instance,
            _processEnds.Token);
        _serving = _socket.Serve(_services.GetRequiredService<SocketRegistry>());
        await ServeHeartbeat();
    }

    [GlobalCleanup]
    public async Task Part()
    {
        _socket.End(SocketEnd.Lost);
        await _processEnds.CancelAsync();
        _network.End();
        await _serving;
        _socket.Dispose();
        await _services.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Heartbeats)]
    public async Task ServeHeartbeat()
    {
        var passed = _network.Pass(Heartbeats);
        if (await Task.WhenAny(passed, _serving) == _serving)
        {
            throw new InvalidOperationException($"The connection ended: {await _serving}.");
        }
    }

    private static object? Answer(string method) => method switch
    {
        "Attach" => new ValueTask<AttachResult>(new AttachResult(true, new Epoch(1), "silo", false)),
        "Receive" => new ValueTask<OcppReply>(new OcppReply(
            ReplyOutcome.Answered,
            new OcppFrame(OcppFrame.CallResult, "17", "Heartbeat", "{}"u8.ToArray(), "", "", DateTimeOffset.UnixEpoch),
            Accepted: true)),
        "Detach" => ValueTask.CompletedTask,
        _ => throw new NotSupportedException(method),
    };

    private static byte[] Masked(ReadOnlySpan<byte> text)
    {
        byte[] mask = [1, 2, 3, 4];
        byte[] frame = [0x81, (byte)(0x80 | text.Length), .. mask, .. text];
        for (var index = 0; index < text.Length; index++)
        {
            frame[6 + index] ^= mask[index % 4];
        }

        return frame;
    }
}
