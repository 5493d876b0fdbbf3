using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Audit;

/// <summary>An audit that finds nothing proves nothing unless it is known to find each kind of loss.</summary>
public sealed class LedgerAuditTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly LedgerEntry Start = new()
    {
        Charger = "A", Session = 1, Kind = LedgerKind.Start, Connector = 1, IdTag = "T", Timestamp = At, MeterWh = 100,
        TransactionId = 7, State = LedgerState.Acknowledged,
    };

    private static readonly LedgerEntry Sample = Start with { Kind = LedgerKind.Sample, Timestamp = At.AddMinutes(1), MeterWh = 150 };

    private static readonly LedgerEntry Stop =
        Start with { Kind = LedgerKind.Stop, Timestamp = At.AddMinutes(2), MeterWh = 180, Reason = "Local" };

    private static readonly StoredTransaction Stored = new(
        1, 7, "A", 1, "T", At, 100, Active: false, At.AddMinutes(2), 180, 80, "Local", ClosedBySystem: false,
        [new StoredSample(At.AddMinutes(1), 150)]);

    [Fact]
    public void What_is_stored_as_sent_is_in_order() => Assert.Empty(LedgerAudit.Compare([Start, Sample, Stop], [Stored]));

    [Fact]
    public void What_was_sent_without_an_answer_may_be_stored_or_not()
    {
        LedgerEntry[] unanswered = [.. new[] { Start, Sample, Stop }.Select(entry => entry with { State = LedgerState.Sent })];
        Assert.Empty(LedgerAudit.Compare(unanswered, [Stored]));
        Assert.Empty(LedgerAudit.Compare(unanswered, []));
        Assert.NotEmpty(LedgerAudit.Compare(unanswered, [Stored, Stored with { Id = 2, OcppId = 8 }]));
    }

    public static TheoryData<string, object> Losses => new()
    {
        { "a lost start", Array.Empty<StoredTransaction>() },
        { "a doubled start", new[] { Stored, Stored with { Id = 2, OcppId = 8 } } },
        { "an id given twice", new[] { Stored, Stored with { Id = 2, IdTag = "U" } } },
        { "another id than told", new[] { Stored with { OcppId = 8 } } },
        { "a lost stop", new[] { Stored with { Active = true, StoppedAt = null, MeterStop = null, StopReason = null } } },
        { "a changed stop", new[] { Stored with { MeterStop = 181, EnergyWh = 81 } } },
        { "a changed reason", new[] { Stored with { StopReason = "Remote" } } },
        { "a stop by the system", new[] { Stored with { ClosedBySystem = true } } },
        { "wrong energy", new[] { Stored with { EnergyWh = 81 } } },
        { "a lost sample", new[] { Stored with { Samples = [] } } },
        { "a doubled sample", new[] { Stored with { Samples = [Stored.Samples[0], Stored.Samples[0]] } } },
        { "an invented sample", new[] { Stored with { Samples = [Stored.Samples[0], new StoredSample(At, 1)] } } },
        { "an invented transaction", new[] { Stored, Stored with { Id = 2, OcppId = 8, IdTag = "U" } } },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Each_kind_of_loss_is_found(string loss, object stored) =>
        Assert.True(LedgerAudit.Compare([Start, Sample, Stop], (StoredTransaction[])stored).Count > 0, loss);
}
