using System.Text;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class ChargerSecretTests
{
    [Fact]
    public void The_password_fits_and_another_does_not()
    {
        var hash = ChargerSecret.Hash("a good password");

        Assert.True(ChargerSecret.Verify(hash, "a good password"u8));
        Assert.False(ChargerSecret.Verify(hash, "A good password"u8));
        Assert.False(ChargerSecret.Verify(hash, ""u8));
        Assert.DoesNotContain("good", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, ChargerSecret.Hash("a good password"));
    }

    [Fact]
    public void A_hexadecimal_key_fits_as_text_in_either_case_and_as_its_bytes()
    {
        byte[] key = [0, 1, 2, 3, 4, 5, 6, 7, 0x80, 0xFF, 0xFE, 0xC3, 0x28, 13, 10, 200, 201, 202, 203, 204];
        var text = Convert.ToHexStringLower(key);
        var hash = ChargerSecret.Hash(text);

        Assert.True(ChargerSecret.Verify(hash, Encoding.ASCII.GetBytes(text)));
        Assert.True(ChargerSecret.Verify(hash, Encoding.ASCII.GetBytes(text.ToUpperInvariant())));
        Assert.True(ChargerSecret.Verify(hash, key));
        Assert.False(ChargerSecret.Verify(hash, key.AsSpan(1)));
    }

    [Fact]
    public void Without_a_hash_nothing_fits()
    {
        Assert.False(ChargerSecret.Verify(null, "decoy"u8));
        Assert.False(ChargerSecret.Verify(null, ""u8));
    }

    [Theory]
    [InlineData("12345678", true)]
    [InlineData("1234567", false)]
    [InlineData("tab\tinside", false)]
    [InlineData("péage-de-lyon", false)]
    public void A_password_is_printable_ascii_of_eight_characters_or_more(string password, bool acceptable) =>
        Assert.Equal(acceptable, ChargerSecret.IsAcceptable(password));

    [Fact]
    public void A_password_has_at_most_128_characters()
    {
        Assert.True(ChargerSecret.IsAcceptable(new string('x', 128)));
        Assert.False(ChargerSecret.IsAcceptable(new string('x', 129)));
    }
}
