using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Authorization;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Authorization;

public sealed class AuthorizationLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChargerId Charger = new(Tenant, "CP1");

    [Fact]
    public async Task A_request_is_stored_with_all_it_says_and_with_its_outcome()
    {
        await using var history = await TestHistory.Create();
        var request = Request(1) with { Connector = 2, Cause = AuthorizationRequest.Start };
        Assert.Equal(request, await history.Authorization.Open(request, Noon));
        Assert.Equal(request, await history.Authorization.Find(SiteScope.All(Tenant), 1));

        var answered = request.Settled(
            AuthorizationRequestState.Answered, new TagDecision("Accepted", Noon.AddDays(1), "GROUP"), "eve", Noon.AddSeconds(3));
        Assert.Equal((true, answered), await history.Authorization.Settle(answered));
        Assert.Equal(answered, await history.Authorization.Find(SiteScope.All(Tenant), 1));
        Assert.Equal(answered, await history.Authorization.FindDecision(Charger, new IdTag("tag")));
    }

    [Fact]
    public async Task The_first_outcome_stands()
    {
        await using var history = await TestHistory.Create();
        var request = await history.Authorization.Open(Request(1), Noon);
        var first = request.Settled(AuthorizationRequestState.Answered, new TagDecision("Blocked"), "eve", Noon);

        Assert.True((await history.Authorization.Settle(first)).First);
        var (second, standing) = await history.Authorization.Settle(
            request.Settled(AuthorizationRequestState.Defaulted, new TagDecision("Accepted"), null, Noon, "late"));

        Assert.False(second);
        Assert.Equal(first, standing);
        Assert.Equal((false, null), await history.Authorization.Settle(first with { Id = 7 }));
    }

    [Fact]
    public async Task What_is_open_or_was_just_answered_is_taken_up_instead_of_asked_again()
    {
        await using var history = await TestHistory.Create();
        var first = await history.Authorization.Open(Request(1), Noon);

        Assert.Equal(first, await history.Authorization.Open(Request(2), Noon));
        Assert.Equal(3, (await history.Authorization.Open(Request(3) with { IdTag = new IdTag("OTHER") }, Noon)).Id);
        Assert.Equal(4, (await history.Authorization.Open(Request(4) with { Charger = new ChargerId(Tenant, "CP2") }, Noon)).Id);

        var answered = first.Settled(AuthorizationRequestState.Answered, new TagDecision("Accepted"), "eve", Noon.AddSeconds(1));
        await history.Authorization.Settle(answered);
        Assert.Equal(answered, await history.Authorization.Open(Request(5), Noon.AddSeconds(1)));
        Assert.Equal(6, (await history.Authorization.Open(Request(6), Noon.AddSeconds(2))).Id);
    }

    [Fact]
    public async Task What_nobody_decided_is_asked_again()
    {
        await using var history = await TestHistory.Create();
        await history.Authorization.Open(Request(1) with { ExpiresAt = Noon }, Noon);
        Assert.Equal(2, (await history.Authorization.Open(Request(2), Noon)).Id);
        await history.Authorization.Settle(Request(2).Settled(AuthorizationRequestState.Defaulted, new TagDecision("Blocked"), null, Noon));
        Assert.Equal(3, (await history.Authorization.Open(Request(3), Noon.AddHours(-1))).Id);
    }

    [Fact]
    public async Task Lists_are_newest_first_of_one_tenant_and_know_what_still_waits()
    {
        await using var history = await TestHistory.Create();
        var foreign = Request(1) with { Charger = new ChargerId(new TenantId("acme"), "CP1") };
        await history.Authorization.Open(foreign, Noon);
        await history.Authorization.Open(Request(1) with { ExpiresAt = Noon }, Noon);
        await history.Authorization.Open(Request(2) with { IdTag = new IdTag("B") }, Noon);
        await history.Authorization.Record(Request(3).Settled(AuthorizationRequestState.Decided, new TagDecision("Accepted"), null, Noon));
        await history.Authorization.Open(Request(4) with { Charger = new ChargerId(Tenant, "CP2") }, Noon);

        Assert.Equal([4, 3, 2, 1], Ids(await history.Authorization.List(SiteScope.All(Tenant), null, null, 10)));
        Assert.Equal([3, 2, 1], Ids(await history.Authorization.List(SiteScope.All(Tenant), "CP1", null, 10)));
        Assert.Equal([1], Ids(await history.Authorization.List(SiteScope.All(Tenant), "CP1", 2, 10)));
        Assert.Equal([4, 2], Ids(await history.Authorization.ListOpen(SiteScope.All(Tenant), null, Noon, null, 10)));
        Assert.Equal([2], Ids(await history.Authorization.ListOpen(SiteScope.All(Tenant), "CP1", Noon, null, 10)));
        Assert.Equal(foreign, await history.Authorization.Find(SiteScope.All(new TenantId("acme")), 1));
    }

    [Fact]
    public async Task Ids_are_given_once_in_a_tenant()
    {
        await using var history = await TestHistory.Create();
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => history.Authorization.NextId(Tenant).AsTask()));
        Assert.Equal(200, ids.Distinct().Count());
        Assert.DoesNotContain(0, ids);
    }

    private static IEnumerable<long> Ids(IEnumerable<AuthorizationRequest> requests) => requests.Select(request => request.Id);

    private static AuthorizationRequest Request(long id) => new()
    {
        Id = id,
        Charger = Charger,
        Site = "S1",
        IdTag = new IdTag("Tag"),
        Cause = AuthorizationRequest.Authorize,
        TagStatus = "Invalid",
        AskedAt = Noon,
        ExpiresAt = Noon.AddSeconds(15),
    };
}
