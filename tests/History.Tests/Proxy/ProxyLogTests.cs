using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.History.Configuration;
using EvCharge.History.Proxy;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Proxy;

public sealed class ProxyLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChargerId Charger = new(Tenant, "CP1");
    private static readonly ProxyLinkId One = new(Charger, "one");
    private static readonly ProxyLinkId Other = new(Charger, "other");

    [Fact]
    public async Task Messages_come_in_their_order_and_each_link_has_its_own()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Add(history, ProxyMessageKind.MeterValues, 1);
        await Add(history, ProxyMessageKind.StopTransaction, 1);

        var waiting = await history.Proxy.Next(One, 2);
        Assert.Equal([ProxyMessageKind.StartTransaction, ProxyMessageKind.MeterValues], waiting.Select(message => message.Kind));
        Assert.Equal("StartTransaction 1", Encoding.UTF8.GetString(waiting[0].Payload.Span));
        await history.Proxy.Started(One, waiting[0].Number, 1, 700);
        await history.Proxy.Delivered(One, waiting[1].Number);

        Assert.Equal(ProxyMessageKind.StopTransaction, Assert.Single(await history.Proxy.Next(One, 10)).Kind);
        Assert.Equal(3, (await history.Proxy.Next(Other, 10)).Count);
        Assert.Equal((700, (int?)null), ((await history.Proxy.UpstreamIdOf(One, 1))!.Value, await history.Proxy.UpstreamIdOf(Other, 1)));
    }

    [Fact]
    public async Task A_start_or_stop_is_kept_once_and_nothing_of_a_transaction_that_is_over_or_was_never_told()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StopTransaction, 9);
        await Add(history, ProxyMessageKind.MeterValues, 9);
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Add(history, ProxyMessageKind.StopTransaction, 1);
        await Add(history, ProxyMessageKind.StopTransaction, 1);
        await Add(history, ProxyMessageKind.MeterValues, 1);
        await Add(history, ProxyMessageKind.MeterValues, null);

        Assert.Equal(
            [ProxyMessageKind.StartTransaction, ProxyMessageKind.StopTransaction, ProxyMessageKind.MeterValues],
            (await history.Proxy.Next(One, 10)).Select(message => message.Kind));
        Assert.Null((await history.Proxy.Next(One, 10))[2].Transaction);
    }

    [Fact]
    public async Task Of_a_connectors_statuses_the_last_one_waits_in_its_place_at_the_end()
    {
        await using var history = await WithLinks();
        await Status(history, 1, "first");
        await Status(history, 2, "two");
        await Status(history, 1, "last");

        Assert.Equal(["two", "last"], (await history.Proxy.Next(One, 10)).Select(message => Encoding.UTF8.GetString(message.Payload.Span)));
        await history.Proxy.DropStatuses(One);
        Assert.Empty(await history.Proxy.Next(One, 10));
        Assert.Equal(2, (await history.Proxy.Backlog(Other)).Waiting);
    }

    [Fact]
    public async Task A_transaction_is_found_by_the_number_of_a_system_while_it_runs_and_by_no_other_link()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await history.Proxy.Started(One, (await history.Proxy.Next(One, 1))[0].Number, 1, 700);

        Assert.Equal(1, await history.Proxy.TransactionOf(One, 700));
        Assert.Null(await history.Proxy.TransactionOf(Other, 700));
        Assert.Null(await history.Proxy.TransactionOf(One, 1));
        await Add(history, ProxyMessageKind.StopTransaction, 1);
        Assert.Null(await history.Proxy.TransactionOf(One, 700));
        Assert.Equal(700, await history.Proxy.UpstreamIdOf(One, 1));
    }

    [Fact]
    public async Task What_is_parked_waits_for_an_operator_and_says_why()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Add(history, ProxyMessageKind.StartTransaction, 2);
        var first = (await history.Proxy.Next(One, 1))[0];
        await history.Proxy.Refused(One, first.Number, "once", park: false);
        Assert.Equal(1, (await history.Proxy.Next(One, 1))[0].Attempts);
        await history.Proxy.Refused(One, first.Number, new string('x', 5_000), park: true);

        Assert.Equal(2, (await history.Proxy.Next(One, 10))[0].Transaction);
        Assert.Equal(new ProxyBacklog(1, 1, Noon, new string('x', 500)), await history.Proxy.Backlog(One));
        Assert.Equal(1, await history.Proxy.Retry(One));
        Assert.Equal((1, 0), ((await history.Proxy.Next(One, 1))[0].Transaction!.Value, (await history.Proxy.Next(One, 1))[0].Attempts));
        await history.Proxy.Refused(One, first.Number, "again", park: true);
        Assert.Equal(1, await history.Proxy.Drop(One));
        Assert.Equal(0, await history.Proxy.Drop(Other));
        Assert.Equal(new ProxyBacklog(1, 0, Noon, null), await history.Proxy.Backlog(One));
    }

    [Fact]
    public async Task Readings_make_room_for_readings_and_starts_and_stops_stay()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Task.WhenAll(Enumerable.Range(0, ProxyLog.MostMessages + 500).Select(_ => Add(history, ProxyMessageKind.MeterValues, 1, "one")));
        await Add(history, ProxyMessageKind.StopTransaction, 1);

        var waiting = (await history.Proxy.Backlog(One)).Waiting;
        Assert.InRange(waiting, ProxyLog.MostMessages, ProxyLog.MostMessages + ProxyLog.PruneEvery + 1);
        Assert.Equal(waiting, (await history.Proxy.Next(One, 100_000)).Count);
        Assert.Equal(ProxyMessageKind.StopTransaction, (await history.Proxy.Next(One, 100_000))[^1].Kind);
        Assert.Equal(ProxyMessageKind.StartTransaction, (await history.Proxy.Next(One, 1))[0].Kind);
    }

    [Fact]
    public async Task Links_for_which_something_waits_are_found_by_the_site_of_their_charger()
    {
        await using var history = await WithLinks();
        await history.Configuration.PutSite(Tenant, new SiteConfiguration("S1", "Site", "UTC", "A", null, null, null), null);
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP2", "S1", 0, null, null, []), null);
        var ofSite = new ProxyLinkId(new ChargerId(Tenant, "CP2"), "one");
        await history.Configuration.PutProxyLink(Link(ofSite), null);
        var (nowhere, site) = (SiteId.None(Tenant), new SiteId(Tenant, "S1"));
        Assert.Empty(await history.Proxy.FindWaiting(nowhere));

        await Add(history, ProxyMessageKind.StartTransaction, 1, "one");
        await Add(history, ProxyMessageKind.MeterValues, 1, "one");
        await history.Proxy.Add(ofSite.Charger, ["one"], Message(ProxyMessageKind.StartTransaction, 2));

        Assert.Equal([One], await history.Proxy.FindWaiting(nowhere));
        Assert.Equal([ofSite], await history.Proxy.FindWaiting(site));
        await history.Proxy.Refused(ofSite, (await history.Proxy.Next(ofSite, 1))[0].Number, "no", park: true);
        Assert.Empty(await history.Proxy.FindWaiting(site));
        Assert.Empty(await history.Proxy.FindWaiting(new SiteId(new TenantId("acme"), "S1")));
    }

    [Fact]
    public async Task A_repeat_long_after_the_end_is_not_known_any_more()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        await Add(history, ProxyMessageKind.StopTransaction, 1);
        await history.Proxy.Add(Charger, ["one"], Message(ProxyMessageKind.StartTransaction, 2) with { ReceivedAt = Noon.AddDays(91) });

        Assert.Equal(3, (await history.Proxy.Next(One, 10)).Count);
        await Add(history, ProxyMessageKind.MeterValues, 2, "one");
        await Add(history, ProxyMessageKind.MeterValues, 1, "one");
        Assert.Equal(4, (await history.Proxy.Next(One, 10)).Count);
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_link_that_is_gone_and_what_waited_goes_with_it_and_with_the_charger()
    {
        await using var history = await WithLinks();
        await Add(history, ProxyMessageKind.StartTransaction, 1);
        Assert.Equal(["one", "other"], (await history.Configuration.Charger(Charger))!.Value.ProxyLinks);

        await history.Configuration.DeleteProxyLink(One, null);
        await Add(history, ProxyMessageKind.StartTransaction, 2);

        Assert.Empty(await history.Proxy.Next(One, 10));
        Assert.Equal(2, (await history.Proxy.Next(Other, 10)).Count);
        Assert.Equal(["other"], (await history.Configuration.Charger(Charger))!.Value.ProxyLinks);
        await history.Configuration.DeleteCharger(Charger, null);
        Assert.Empty(await history.Proxy.Next(Other, 10));
        Assert.Empty(await history.Configuration.ProxyLinks(Charger));
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.PutProxyLink(Link(One), null)).Outcome);
    }

    [Fact]
    public async Task A_charger_that_is_put_again_keeps_its_links_and_links_of_others_are_not_its_own()
    {
        await using var history = await WithLinks();
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", null, 0, null, null, []), null);
        Assert.Equal(["one", "other"], (await history.Configuration.Charger(Charger))!.Value.ProxyLinks);

        var created = await history.Configuration.ProxyLink(One);
        Assert.Equal(Link(One) with { Password = null }, created!.Value with { Password = null });
        Assert.Equal([1, 2], created.Value.Password!);
        Assert.Equal(WriteOutcome.Conflict, (await history.Configuration.PutProxyLink(Link(One), created.RowVersion + 1)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.PutProxyLink(Link(One), created.RowVersion)).Outcome);
        Assert.Null(await history.Configuration.ProxyLink(new ProxyLinkId(new ChargerId(new TenantId("acme"), "CP1"), "one")));
    }

    private static Task Add(TestHistory history, ProxyMessageKind kind, int? transaction, string? only = null) =>
        history.Proxy.Add(Charger, only is null ? ["one", "other"] : [only], Message(kind, transaction));

    private static ProxyMessage Message(ProxyMessageKind kind, int? transaction) =>
        new(kind, Encoding.UTF8.GetBytes($"{kind} {transaction}"), null, transaction, Noon);

    private static Task Status(TestHistory history, int connector, string text) => history.Proxy.Add(
        Charger, ["one", "other"], new ProxyMessage(ProxyMessageKind.StatusNotification, Encoding.UTF8.GetBytes(text), connector, null, Noon));

    private static ProxyLinkConfiguration Link(ProxyLinkId id) => new(id, "wss://a.example/x", "CP1", ProxyRole.Authority, true, [1, 2]);

    private static async Task<TestHistory> WithLinks()
    {
        var history = await TestHistory.Create();
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", null, 0, null, null, [new ConnectorConfiguration(1, null)]), null);
        await history.Configuration.PutProxyLink(Link(One), null);
        await history.Configuration.PutProxyLink(Link(Other), null);
        return history;
    }
}
