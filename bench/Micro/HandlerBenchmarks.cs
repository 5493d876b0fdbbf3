using BenchmarkDotNet.Attributes;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Models;
using EvCharge.Ocpp;

namespace EvCharge.Micro;

/// <summary>A CALL on its way through its handler to an answer; what the grain keeps is not part of it.</summary>
public class HandlerBenchmarks
{
    private static readonly ChargerId Charger = new(TenantId.Default, "CP1");
    private static readonly OcppFrame Heartbeat = Call("Heartbeat", "{}"u8);
    private static readonly OcppFrame Status =
        Call("StatusNotification", "{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\"}"u8);

    private readonly IChargerShell _shell = Answering.As<IChargerShell>(method => method switch
    {
        "get_Id" => Charger,
        "get_Adopted" => true,
        "get_Site" => "",
        "get_Time" => TimeProvider.System,
        "get_Quirks" => MessageQuirks.Plain,
        "Apply" => new ValueTask<SessionAnswer>(new SessionAnswer(SessionOutcome.Durable, null, null)),
        _ => throw new NotSupportedException(method),
    });

    [Benchmark]
    public ValueTask<byte[]> HandleHeartbeat() => Protocols.Replay(OcppVersion.V16, _shell, Heartbeat);

    [Benchmark]
    public ValueTask<byte[]> HandleStatusNotification() => Protocols.Replay(OcppVersion.V16, _shell, Status);

    private static OcppFrame Call(string action, ReadOnlySpan<byte> payload) =>
        new(OcppFrame.Call, "1", action, payload.ToArray(), "", "", DateTimeOffset.UnixEpoch);
}
