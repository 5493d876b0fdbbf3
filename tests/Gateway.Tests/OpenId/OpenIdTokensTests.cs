using EvCharge.Domain.Identity;
using EvCharge.Gateway.OpenId;
using EvCharge.History.Secrets;
using EvCharge.Outgoing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.OpenId;

public sealed class OpenIdTokensTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_provider_that_changes_its_key_is_read_anew_once_a_minute()
    {
        await using var provider = await LyingProvider.Start();
        using var http = new OutgoingHttp(Options.Create(new OutgoingOptions { HttpOnLoopback = true }));
        using var discovery = new OpenIdDiscovery(http, _time);
        var tokens = new OpenIdTokens(discovery, _time);
        provider.Nonce = "n";
        await Check(tokens, provider);

        provider.Published = LyingProvider.NewKey("two");
        provider.Signing = LyingProvider.By(provider.Published);
        var refused = await Assert.ThrowsAsync<OpenIdRefusal>(() => Check(tokens, provider));
        Assert.Equal(OpenIdRefusal.Invalid, refused.Word);

        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("7", (await Check(tokens, provider)).Subject);
    }

    [Fact]
    public async Task A_clock_that_is_a_little_wrong_does_no_harm()
    {
        await using var provider = await LyingProvider.Start();
        using var http = new OutgoingHttp(Options.Create(new OutgoingOptions { HttpOnLoopback = true }));
        using var discovery = new OpenIdDiscovery(http, _time);
        var tokens = new OpenIdTokens(discovery, _time);
        provider.Nonce = "n";
        var now = _time.GetUtcNow().UtcDateTime;

        provider.Lie = token => (token.NotBefore, token.Expires) = (now.AddSeconds(110), now.AddMinutes(5));
        await Check(tokens, provider);
        provider.Lie = token => (token.NotBefore, token.Expires) = (now.AddMinutes(-5), now.AddSeconds(-110));
        await Check(tokens, provider);
        provider.Lie = token => (token.NotBefore, token.Expires) = (now.AddMinutes(-5), now.AddSeconds(-130));
        await Assert.ThrowsAsync<OpenIdRefusal>(() => Check(tokens, provider));
    }

    [Fact]
    public void A_sign_in_is_completed_within_ten_minutes_or_not_at_all()
    {
        var vault = new SecretVault(Options.Create(new SecretsOptions { Key = Convert.ToBase64String("a key that is known to all tests"u8) }));
        var signIn = new OpenIdSignIn(null!, null!, null!, vault, _time);
        var attempt = OpenIdAttempt.At("company", "/t/x", _time.GetUtcNow());
        var kept = attempt.Seal(TenantId.Default, vault);

        _time.Advance(OpenIdAttempt.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(attempt, signIn.AttemptOf(TenantId.Default, "company", kept, attempt.State));
        Refuse("another", kept, attempt.State);
        Refuse("company", kept, "another state");
        Refuse("company", kept, null);
        Refuse("company", null, attempt.State);
        Refuse("company", "no sealed text!", attempt.State);
        Refuse("company", kept[..^4] + "AAAA", attempt.State);
        Assert.Throws<OpenIdRefusal>(() => signIn.AttemptOf(new TenantId("acme"), "company", kept, attempt.State));

        _time.Advance(TimeSpan.FromSeconds(1));
        Refuse("company", kept, attempt.State);

        void Refuse(string provider, string? text, string? state) =>
            Assert.Equal(OpenIdRefusal.Stale, Assert.Throws<OpenIdRefusal>(() => signIn.AttemptOf(TenantId.Default, provider, text, state)).Word);
    }

    private static Task<OpenIdPerson> Check(OpenIdTokens tokens, LyingProvider provider) =>
        tokens.Check(provider.Token(), provider.Issuer, LyingProvider.ClientId, "n", TestContext.Current.CancellationToken);
}
