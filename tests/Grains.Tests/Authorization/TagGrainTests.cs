using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;

namespace EvCharge.GrainsTests.Authorization;

public sealed class TagGrainTests(GrainsFixture fixture)
{
    private static readonly ChargerId One = new(TenantId.Default, "TAG-CP1");
    private static readonly ChargerId Two = new(TenantId.Default, "TAG-CP2");
    private static readonly StartAttempt Noon = new(1, "2026-03-01T12:00:00Z", 0);

    [Fact]
    public async Task A_start_that_was_granted_stands_against_others_before_it_is_on_record()
    {
        var tag = await Tag("PENDING");

        Assert.True((await tag.Decide(new TagQuestion("", One, false, Noon))).Accepted);

        Assert.Equal("ConcurrentTx", (await tag.Decide(new TagQuestion("", Two, false, Noon))).Status);
        Assert.Equal("ConcurrentTx", (await tag.Decide(new TagQuestion("", Two, false))).Status);
        Assert.True((await tag.Decide(new TagQuestion("", One, false, Noon))).Accepted);
    }

    [Fact]
    public async Task A_start_that_has_ended_already_stands_against_nobody()
    {
        var first = await fixture.Connect(connectors: 2);
        await Tag("QUICK");
        for (var connector = 1; connector <= 2; connector++)
        {
            var started = await first.Result(
                "StartTransaction", $$"""{"connectorId":{{connector}},"idTag":"QUICK","meterStart":0,"timestamp":"2026-03-01T12:0{{connector}}:00Z"}""");
            Assert.Contains("Accepted", started, StringComparison.Ordinal);
            await first.Result(
                "StopTransaction",
                $$"""{"transactionId":{{TestCharger.TransactionId(started)}},"meterStop":1,"timestamp":"2026-03-01T12:0{{connector}}:30Z"}""");
        }
    }

    [Fact]
    public async Task A_tag_that_is_not_configured_has_no_standing_and_is_invalid()
    {
        var tag = fixture.Grains.GetGrain<ITagGrain>("default/NOBODY");
        Assert.Null(await tag.Standing());
        Assert.Equal(TagDecision.Invalid, await tag.Decide(new TagQuestion("", One, true)));
    }

    private async Task<ITagGrain> Tag(string name)
    {
        await fixture.Configuration.PutTag(
            TenantId.Default, new TagConfiguration(name, "Accepted", null, null, [], null, null, ConcurrentTransactions.Refuse), null);
        return fixture.Grains.GetGrain<ITagGrain>($"default/{name}");
    }
}
