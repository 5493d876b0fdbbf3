using BenchmarkDotNet.Attributes;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.Micro;

/// <summary>Decisions of the pure core on a connector whose transaction runs.</summary>
public class SessionMachineBenchmarks
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConnectorId Connector = new(new ChargerId(TenantId.Default, "CP1"), 1);
    private static readonly StartReported Start = new(
        Connector, Noon, "m1", Noon, "2026-03-01T12:00:00Z", true, new IdTag("TAG"), 1_000, "S1", null, true, "ocpp1.6");

    private static readonly SamplesReported Sampled = new(
        Connector, Noon.AddMinutes(1), "m2", 101, "2026-03-01T12:01:00Z", "hash",
        [new Sample(Noon.AddMinutes(1), "2026-03-01T12:01:00Z", [new Reading("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", 1_250, "Wh", "")])],
        true);

    private static readonly SessionFacts Facts = new([], 1, 101, null);
    private static readonly SessionState Charging = SessionMachine.On(SessionState.Empty, Start, Facts, SessionPolicy.Default).State;

    [Benchmark]
    public SessionDecision DecideStart() => SessionMachine.On(SessionState.Empty, Start, Facts, SessionPolicy.Default);

    [Benchmark]
    public SessionDecision DecideSample() => SessionMachine.On(Charging, Sampled, SessionFacts.None, SessionPolicy.Default);
}
