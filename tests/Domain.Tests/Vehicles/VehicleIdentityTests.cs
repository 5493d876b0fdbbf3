using EvCharge.Domain.Identity;
using EvCharge.Domain.Vehicles;

namespace EvCharge.DomainTests.Vehicles;

public sealed class VehicleIdentityTests
{
    [Theory]
    [InlineData("0123456789ab")]
    [InlineData("01:23:45:67:89:AB")]
    [InlineData("01-23-45-67-89-ab")]
    [InlineData("VID:0123456789AB")]
    [InlineData(" vid:0123456789ab ")]
    public void An_address_is_the_same_however_it_is_written(string said)
    {
        var identity = VehicleIdentity.Of(said)!;

        Assert.Equal("0123456789AB", identity.Text);
        Assert.Contains("01:23:45:67:89:ab", identity.Spellings);
        Assert.Contains("0123456789AB", identity.Spellings);
        Assert.Contains("VID:0123456789AB", identity.Spellings);
    }

    [Theory]
    [InlineData("wvwzzz1jzxw000001", "WVWZZZ1JZXW000001")]
    [InlineData("01:23-45:67-89:ab", "01:23-45:67-89:AB")] // parted in two ways: no address
    [InlineData("0123456789ag", "0123456789AG")]
    public void Anything_else_is_taken_as_it_was_said(string said, string text)
    {
        var identity = VehicleIdentity.Of(said)!;

        Assert.Equal(text, identity.Text);
        Assert.Contains(said, identity.Spellings);
        Assert.Contains(text, identity.Spellings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("VID:")]
    [InlineData("000000000000")]
    [InlineData("FF:FF:FF:FF:FF:FF")]
    [InlineData("tab\tin it")]
    [InlineData("voiture électrique")]
    [InlineData("12345678901234567890123456789012345678901")]
    public void What_identifies_nothing_is_none(string? said) => Assert.Null(VehicleIdentity.Of(said));

    [Theory]
    [InlineData("VID:0123456789AB", "0123456789AB")]
    [InlineData("vid:01:23:45:67:89:ab", "0123456789AB")]
    [InlineData("VID:0123456789A", null)]
    [InlineData("VID:000000000000", null)]
    [InlineData("0123456789AB", null)] // as long as many a card's number
    public void Only_a_tag_that_says_so_names_a_vehicle(string tag, string? named) =>
        Assert.Equal(named, VehicleIdentity.OfTag(new IdTag(tag))?.Text);

    [Theory]
    [InlineData("01:23:45:67:89:ab", "VID:0123456789AB")]
    [InlineData("VID:0123456789ab", "VID:0123456789AB")]
    [InlineData("DE*ABC", null)]
    [InlineData(null, null)]
    public void A_vehicle_with_an_address_is_named_by_a_tag(string? evccid, string? tag) =>
        Assert.Equal(tag, VehicleIdentity.TagOf(evccid)?.Value);
}
