using BenchmarkDotNet.Attributes;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Micro;

/// <summary>Envelopes and payloads.</summary>
public class FrameBenchmarks
{
    private static readonly byte[] Heartbeat = [.. "[2,\"17\",\"Heartbeat\",{}]"u8];

    private static readonly byte[] MeterValues =
    [
        .. """
        [2,"18","MeterValues",{"connectorId":1,"transactionId":42,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[
        {"value":"15250","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","unit":"Wh"},
        {"value":"11040","measurand":"Power.Active.Import","unit":"W"}]}]}]
        """u8,
    ];

    private static readonly ReadOnlyMemory<byte> Samples = FrameReader.Read(MeterValues).Frame.Payload;
    private static readonly byte[] Answer = [.. "{\"currentTime\":\"2026-03-01T12:00:00.000Z\"}"u8];

    [Benchmark]
    public FrameRead ReadHeartbeat() => FrameReader.Read(Heartbeat);

    [Benchmark]
    public FrameRead ReadMeterValues() => FrameReader.Read(MeterValues);

    [Benchmark]
    public MeterValuesRequest ReadSamples() => Payload.Read<MeterValuesRequest>(Samples, new DeviationList());

    [Benchmark]
    public byte[] WriteCallResult() => FrameWriter.CallResult("17", Answer);
}
