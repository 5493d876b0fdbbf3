using EvCharge.Domain.Models;

namespace EvCharge.DomainTests.Models;

public sealed class ChargingModeRulesTests
{
    public static TheoryData<string?, ChargingMode> Modes => new()
    {
        { null, new ChargingMode() },
        { null, new ChargingMode("TxProfile", "Absolute", "W", "total", 1, 6, false, 3, 35, true, true) },
        { "purpose", new ChargingMode(Purpose: "Tx") },
        { "kind", new ChargingMode(Kind: "absolute") },
        { "unit", new ChargingMode(Unit: "kW") },
        { "current", new ChargingMode(Current: "perphase") },
        { "step", new ChargingMode(Step: 0) },
        { "minimum", new ChargingMode(Minimum: double.NaN) },
        { "stackLevel", new ChargingMode(StackLevel: -1) },
        { "settleSeconds", new ChargingMode(SettleSeconds: 3_601) },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_member_that_makes_no_sense_is_named(string? member, ChargingMode mode) =>
        Assert.Equal(member, ChargingModeRules.Wrong(mode)?.Member);

    [Fact]
    public void A_name_is_that_of_a_purpose()
    {
        Assert.Equal(new ChargingMode(Purpose: "TxDefaultProfile"), ChargingModeRules.Named("TxDefaultProfile"));
        Assert.Null(ChargingModeRules.Named("as the vendor likes it"));
    }
}
