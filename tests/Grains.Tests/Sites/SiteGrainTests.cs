using EvCharge.Contracts.Sites;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using Orleans.Runtime;

namespace EvCharge.GrainsTests.Sites;

public sealed class SiteGrainTests(GrainsFixture fixture)
{
    [Fact]
    public async Task The_wake_up_closes_the_transaction_of_a_charger_that_never_came_back()
    {
        var site = new SiteId(TenantId.Default, "LOST");
        var connector = new ConnectorId(new ChargerId(TenantId.Default, "GONE"), 1);
        await fixture.Configuration.PutSite(TenantId.Default, new SiteConfiguration(site.Name, "Lost", "UTC", "A", null, null, null), null);
        await fixture.Configuration.PutCharger(
            TenantId.Default, new ChargerConfiguration("GONE", site.Name, 0, null, null, [new ConnectorConfiguration(1, null)]), null);
        var ids = await fixture.Service<SessionLog>().NextIds(TenantId.Default);
        await fixture.Service<SessionLog>().Commit(TenantId.Default, [new TransactionOpened(Opened(ids, connector, site))]);

        await Wake(fixture.Grains, site);

        var closed = await fixture.Service<TransactionQueries>().Find(SiteScope.All(TenantId.Default), ids.Id);
        Assert.True(closed!.ClosedBySystem);
        Assert.False(closed.Active);
    }

    [Fact]
    public async Task The_wake_up_ends_the_commands_of_a_charger_that_never_came_back()
    {
        var charger = new ChargerId(TenantId.Default, "NEVER-BACK");
        await fixture.Configuration.PutCharger(
            TenantId.Default, new ChargerConfiguration(charger.Name, "S1", 0, null, null, [new ConnectorConfiguration(1, null)]), null);
        var commands = fixture.Service<CommandLog>();
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-1);
        var pending = new CommandRecord
        {
            Id = await commands.NextId(TenantId.Default),
            Charger = charger,
            Action = "ClearCache",
            Payload = "{}"u8.ToArray(),
            RequestedBy = "tester",
            RequestedAt = longAgo,
            ExpiresAt = longAgo.AddMinutes(2),
        };
        var sent = pending with { Id = await commands.NextId(TenantId.Default), Status = CommandStatus.Sent, MessageId = "m", SentAt = longAgo };
        await commands.Insert(pending);
        await commands.Insert(sent);

        await Wake(fixture.Grains, new SiteId(TenantId.Default, "S1"));

        var queries = fixture.Service<TransactionQueries>();
        Assert.Equal(CommandStatus.Offline, (await queries.Command(SiteScope.All(TenantId.Default), pending.Id))!.Status);
        Assert.Equal(CommandStatus.Unknown, (await queries.Command(SiteScope.All(TenantId.Default), sent.Id))!.Status);
    }

    internal static Task Wake(IGrainFactory grains, SiteId site) => grains.GetGrain<ISiteGrain>(site.ToString())
        .AsReference<IRemindable>().ReceiveReminder("wake-up", default, TestContext.Current.CancellationToken);

    private static Transaction Opened(TransactionIds ids, ConnectorId connector, SiteId site)
    {
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-30);
        return new Transaction
        {
            Id = ids.Id,
            OcppId = ids.OcppId,
            Connector = connector,
            Site = site.Name,
            IdTag = new IdTag("GOOD"),
            StartedAt = longAgo,
            RawStart = longAgo.ToString("O"),
            MeterStart = 0,
            StartMessageId = "m",
            ReceivedAt = longAgo,
            OcppVersion = "ocpp1.6",
        };
    }
}
