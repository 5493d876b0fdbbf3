using EvCharge.Domain.DesiredState;

namespace EvCharge.DomainTests.DesiredState;

public sealed class ConfigurationKeyTests
{
    private static readonly DateTimeOffset Read = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("true", "True", true)]
    [InlineData("60", "60.0", true)]
    [InlineData("Voltage,SoC", "Voltage, SoC", true)]
    [InlineData("Voltage,SoC", "SoC,Voltage", false)]
    [InlineData("60", "61", false)]
    [InlineData("", " ", true)]
    [InlineData("true", "1", false)]
    public void Values_that_chargers_spell_otherwise_are_equal(string one, string other, bool equal)
    {
        Assert.Equal(equal, ConfigurationKey.Equal(one, other));
        Assert.Equal(equal, ConfigurationKey.Equal(other, one));
    }

    [Fact]
    public void Only_a_key_that_somebody_decided_can_differ()
    {
        Assert.False(Key(desired: null, actual: "5").Differs);
        Assert.False(Key(desired: "5", actual: "5").Differs);
        Assert.True(Key(desired: "5", actual: "6").Differs);
        Assert.True(Key(desired: "5", actual: null).Differs);
        Assert.False(Key(desired: "", actual: null).Differs);
        Assert.True((Key(desired: "5", actual: "5") with { ReadAt = null }).Differs);
    }

    [Fact]
    public void A_key_that_is_read_only_or_unknown_is_not_changed()
    {
        var key = Key(desired: "5", actual: "6");
        Assert.True(key.CanBeChanged);
        Assert.False((key with { Readonly = true }).CanBeChanged);
        Assert.False((key with { Unknown = true }).CanBeChanged);
        Assert.True((key with { Unknown = true }).Differs);
    }

    [Theory]
    [InlineData(true, "Unavailable", true)]
    [InlineData(true, "Charging", false)]
    [InlineData(true, null, false)]
    [InlineData(false, "Unavailable", false)]
    [InlineData(false, "Charging", true)]
    [InlineData(false, null, true)]
    public void A_connector_differs_by_the_status_it_reports(bool operative, string? status, bool differs) =>
        Assert.Equal(differs, new Availability(1, operative, null).Differs(status));

    private static ConfigurationKey Key(string? desired, string? actual) => new("Interval", desired, actual, false, false, null, Read);
}
