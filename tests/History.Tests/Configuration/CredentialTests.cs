using System.Data.Common;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

public sealed class CredentialTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_secret_says_whose_it_is()
    {
        await using var history = await TestHistory.Create();
        var other = new TenantId("other");
        var key = Key("k1", [1, 2, 3], null);
        await history.Configuration.AddCredential(other, key);

        var found = await history.Configuration.Credential([1, 2, 3]);

        Assert.Equal(other, found!.Value.Tenant);
        Assert.Equivalent(key, found.Value.Credential, true);
        Assert.Null(await history.Configuration.Credential([1, 2]));
    }

    [Fact]
    public async Task Keys_are_listed_by_kind_and_deleted_once()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.AddCredential(Tenant, Key("k1", [1], null));
        await history.Configuration.AddCredential(Tenant, Key("k2", [2], null));
        await history.Configuration.AddCredential(Tenant, Key("s1", [3], Now.AddHours(1)) with { Kind = "session" });

        Assert.Equal(["k2"], (await history.Configuration.Credentials(Tenant, "key", "k1", 9)).Select(key => key.Id));
        Assert.True(await history.Configuration.DeleteCredential(Tenant, "k2"));
        Assert.False(await history.Configuration.DeleteCredential(Tenant, "k2"));
        Assert.False(await history.Configuration.DeleteCredential(new TenantId("other"), "k1"));
    }

    [Fact]
    public async Task A_new_credential_clears_those_that_have_expired()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.AddCredential(Tenant, Key("old", [1], Now.AddHours(-1)));
        await history.Configuration.AddCredential(Tenant, Key("new", [2], Now.AddHours(1)));

        Assert.Equal(["new"], (await history.Configuration.Credentials(Tenant, "key", null, 9)).Select(key => key.Id));
    }

    [Fact]
    public async Task A_secret_belongs_to_one_credential()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.AddCredential(Tenant, Key("k1", [1], null));

        var failure = await Assert.ThrowsAsync<EvCharge.History.HistoryUnavailableException>(
            () => history.Configuration.AddCredential(Tenant, Key("k2", [1], null)));

        Assert.IsType<DbException>(failure.InnerException, exactMatch: false);
    }

    private static CredentialConfiguration Key(string id, byte[] hash, DateTimeOffset? expiresAt) =>
        new(id, "key", hash, "eve", "operator", false, "for tests", Now, expiresAt);
}
