using EvCharge.Domain.Models;

namespace EvCharge.DomainTests.Models;

public sealed class EffectiveProfileTests
{
    [Fact]
    public void Of_each_member_the_last_word_counts_and_its_origin_is_told()
    {
        var effective = EffectiveProfile.Of(
        [
            new ProfileLayer(new ModelProfile { Settle = new SettlePolicy(200, 3), Ping = true, TimeZone = "UTC" }, ProfileOrigin.Default),
            new ProfileLayer(
                new ModelProfile { Settle = new SettlePolicy(Milliseconds: 2_000), SmartCharging = new ChargingMode(Unit: "A", StackLevel: 1) },
                ProfileOrigin.Model, "vendor.json"),
            new ProfileLayer(new ModelProfile { SmartCharging = new ChargingMode(StackLevel: 0) }, ProfileOrigin.Model, "model.json"),
            new ProfileLayer(new ModelProfile { Ping = false }, ProfileOrigin.Setting),
        ]);

        Assert.Equal(new SettlePolicy(2_000, 3), effective.Values.Settle);
        Assert.False(effective.Values.Ping);
        Assert.Equal(new ChargingMode(Unit: "A", StackLevel: 0), effective.Values.SmartCharging);
        Assert.Equal(
            [
                new("settle.milliseconds", "model", "vendor.json"), new("settle.silenceSeconds", "default", null),
                new("ping", "setting", null), new("timeZone", "default", null),
                new("smartCharging.unit", "model", "vendor.json"), new("smartCharging.stackLevel", "model", "model.json"),
            ],
            effective.Origins);
    }

    [Fact]
    public void Every_member_can_be_told_and_told_otherwise()
    {
        var full = new ModelProfile
        {
            Settle = new SettlePolicy(1, 2),
            Ping = false,
            TimeZone = "site",
            MeterValues = new MeterDefaults("kWh", "Power.Active.Import"),
            FeatureProfiles = ["Core"],
            SmartCharging = new ChargingMode("TxProfile", "Absolute", "A", "total", 1, 6, false, 2, 20, true, true),
        };

        var effective = EffectiveProfile.Of([new ProfileLayer(full, ProfileOrigin.Model, "file.json")]);

        Assert.Equal(full, effective.Values);
        Assert.Equal(18, effective.Origins.Length);
    }
}
