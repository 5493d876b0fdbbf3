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

    [Theory]
    [InlineData("8f41c7d20be95a3366f0d1194e7c02b8", true)]
    [InlineData("8F41C7D20BE95A3366F0D1194E7C02B85D20FE71", true)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("000102030405060708090a0b0c0d0e0f", false)]
    [InlineData("0123456789abcdef0123456789abcdef01234567", false)]
    [InlineData("8f41c7d20be95a3366f0d1194e7c02", false)]
    [InlineData("a good password", false)]
    public void Only_a_key_of_random_bytes_is_known_at_once(string password, bool atOnce)
    {
        var hash = ChargerSecret.Hash(password);

        Assert.Equal(atOnce, ChargerSecret.FitsAtOnce(hash, Encoding.ASCII.GetBytes(password)));
        Assert.True(ChargerSecret.Verify(hash, Encoding.ASCII.GetBytes(password)));
        Assert.False(ChargerSecret.FitsAtOnce(hash, Encoding.ASCII.GetBytes(password[..^2] + "99")));
        Assert.False(ChargerSecret.Verify(hash, Encoding.ASCII.GetBytes(password[..^2] + "99")));
        Assert.NotEqual(hash, ChargerSecret.Hash(password));
        Assert.DoesNotContain(password[..8], hash, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_a_hash_nothing_fits()
    {
        Assert.False(ChargerSecret.FitsAtOnce(null, "decoy"u8));
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
