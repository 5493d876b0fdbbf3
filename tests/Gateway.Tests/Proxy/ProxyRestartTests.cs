using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.History.Configuration;
using EvCharge.History.Proxy;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>What other systems are to be told outlives the processes.</summary>
public sealed class ProxyRestartTests
{
    [Fact]
    public async Task A_session_goes_on_under_its_number_after_a_restart_and_what_waits_needs_no_charger()
    {
        await using var installation = await Installation.Start("--Outgoing:HttpOnLoopback=true", "--Proxy:LongestPauseSeconds=1");
        await using var system = await UpstreamSystem.Start();
        var charger = await installation.Records.NewCharger("CP1");
        var link = new ProxyLinkId(new ChargerId(TenantId.Default, charger), "roaming");
        await installation.Services.GetRequiredService<ConfigurationStore>()
            .PutProxyLink(new ProxyLinkConfiguration(link, system.Url, charger, ProxyRole.Observer, true, null), null);
        int ours;
        await using (var wire = await WireCharger.Connect(installation.Address, charger))
        {
            ours = (await wire.Starts("TAG")).Transaction;
            await Eventually.Holds(() => system.Of("StartTransaction").Any());
            // Its answer has come, or it would be told again.
            await Eventually.Holds(async () => (await installation.Services.GetRequiredService<ProxyLog>().Backlog(link)).Waiting == 0);
            await system.Stop();
            await wire.Call("MeterValues", Transactions.Meter(ours, Transactions.Stamp(1), "1500"));
            await wire.Call("StopTransaction", Transactions.Stop(ours, Transactions.Stamp(2)));
        }

        await installation.Restart();
        await system.Start();
        Assert.Empty(system.Of("StopTransaction"));
        await installation.Services.GetRequiredService<IGrainFactory>().GetGrain<ISiteGrain>(SiteId.None(TenantId.Default).ToString())
            .AsReference<IRemindable>().ReceiveReminder("wake-up", default, TestContext.Current.CancellationToken);
        await Eventually.Holds(() => system.Of("StopTransaction").Any());

        Assert.Equal(700, system.Of("StopTransaction").Single().GetProperty("transactionId").GetInt32());
        Assert.Equal(700, system.Of("MeterValues").Single().GetProperty("transactionId").GetInt32());
        Assert.Single(system.Of("StartTransaction"));
    }
}
