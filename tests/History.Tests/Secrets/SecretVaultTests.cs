using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.History.Secrets;
using Microsoft.Extensions.Options;

namespace EvCharge.HistoryTests.Secrets;

public sealed class SecretVaultTests
{
    private const string Secret = "correct horse battery";
    private static readonly TenantId Acme = new("acme");

    [Fact]
    public void What_is_protected_is_revealed_for_the_same_tenant_and_purpose_only()
    {
        var vault = Vault(1);
        var kept = vault.Protect(Acme, "a", Secret);

        Assert.Equal(Secret, vault.Reveal(Acme, "a", kept));
        Assert.Equal(-1, kept.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
        Assert.NotEqual(kept, vault.Protect(Acme, "a", Secret));
        Assert.ThrowsAny<CryptographicException>(() => vault.Reveal(Acme, "b", kept));
        Assert.ThrowsAny<CryptographicException>(() => vault.Reveal(TenantId.Default, "a", kept));
        Assert.ThrowsAny<CryptographicException>(() => Vault(2).Reveal(Acme, "a", kept));
    }

    [Fact]
    public void What_was_changed_or_cut_is_not_revealed()
    {
        var vault = Vault(1);
        var kept = vault.Protect(Acme, "a", Secret);
        for (var index = 0; index < kept.Length; index++)
        {
            byte[] changed = [.. kept];
            changed[index] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => vault.Reveal(Acme, "a", changed));
            Assert.ThrowsAny<CryptographicException>(() => vault.Reveal(Acme, "a", kept[..index]));
        }
    }

    [Fact]
    public void A_key_comes_from_a_file_too()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Key(1) + "\n");

        var kept = new SecretVault(Options.Create(new SecretsOptions { KeyFile = file })).Protect(Acme, "a", Secret);

        Assert.Equal(Secret, Vault(1).Reveal(Acme, "a", kept));
        File.Delete(file);
    }

    [Fact]
    public void Without_a_key_nothing_is_protected()
    {
        var vault = new SecretVault(Options.Create(new SecretsOptions()));
        Assert.False(vault.HasKey);
        Assert.ThrowsAny<CryptographicException>(() => vault.Protect(Acme, "a", Secret));
    }

    [Theory]
    [InlineData("c2hvcnQ=", null, false)]
    [InlineData("not base64", null, false)]
    [InlineData(null, "/no/such/file", false)]
    [InlineData(null, null, true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", null, true)]
    public void A_key_that_cannot_be_used_is_found_out_at_the_start(string? key, string? file, bool usable) =>
        Assert.Equal(usable, SecretVault.IsUsable(new SecretsOptions { Key = key, KeyFile = file }));

    private static string Key(byte seed) => Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)]);

    private static SecretVault Vault(byte seed) => new(Options.Create(new SecretsOptions { Key = Key(seed) }));
}
