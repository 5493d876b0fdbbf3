using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>Tags that name a parent are of one group.</summary>
public sealed class TagGroupTests(GatewayHost host)
{
    [Fact]
    public async Task A_group_that_is_a_tag_itself_decides_for_its_tags_at_once()
    {
        var group = await host.NewTag();
        var tag = await host.NewTag(new { parent = group.ToLowerInvariant() });
        var (charger, _) = await host.NewCharger();
        await using var _1 = charger;
        var info = (await charger.Call("Authorize", $$"""{"idTag":"{{tag}}"}""")).GetProperty("idTagInfo");
        Assert.Equal("Accepted", info.GetProperty("status").GetString());
        Assert.Equal(group.ToLowerInvariant(), info.GetProperty("parentIdTag").GetString());

        (await host.Administrator.Put($"/api/v1/tags/{group}", new { status = "Blocked" })).Expect(HttpStatusCode.OK);
        await Eventually.Holds(async () => await charger.Presents(tag) == "Blocked", "the group's block reaches its tag");

        (await host.Administrator.Put($"/api/v1/tags/{group}", new { expiry = "2020-01-01T00:00:00Z" })).Expect(HttpStatusCode.OK);
        await Eventually.Holds(async () => await charger.Presents(tag) == "Expired", "the group's end reaches its tag");
    }

    [Fact]
    public async Task A_group_that_is_only_a_name_and_one_that_names_itself_refuse_nobody()
    {
        var named = await host.NewTag(new { parent = host.Name("fleet") });
        var itself = host.Name("T");
        await host.Administrator.Put($"/api/v1/tags/{itself}", new { parent = itself });
        var (charger, _) = await host.NewCharger();
        await using var _1 = charger;

        Assert.Equal("Accepted", await charger.Presents(named));
        Assert.Equal("Accepted", await charger.Presents(itself));
    }

    [Fact]
    public async Task Two_groups_that_name_each_other_are_answered()
    {
        var (one, other) = (host.Name("T"), host.Name("T"));
        await host.Administrator.Put($"/api/v1/tags/{one}", new { parent = other });
        await host.Administrator.Put($"/api/v1/tags/{other}", new { parent = one, status = "Blocked" });
        var (first, _) = await host.NewCharger();
        await using var _1 = first;
        var (second, _) = await host.NewCharger();
        await using var _2 = second;

        var answers = await Task.WhenAll(first.Presents(one), second.Presents(other));

        Assert.Equal(["Blocked", "Blocked"], answers);
    }

    [Theory]
    [InlineData("fleet", "fleet", true)]
    [InlineData("fleet", "staff", false)]
    public async Task A_stop_without_a_usable_id_fits_the_tag_of_the_same_group(string group, string ofTheOther, bool fits)
    {
        var suffix = host.Name();
        var starter = await host.NewTag(new { parent = group + suffix });
        var stopper = await host.NewTag(new { parent = ofTheOther + suffix });
        var (charger, name) = await host.NewCharger();
        await using var _1 = charger;
        await charger.Starts(starter);

        var answer = await charger.Call("StopTransaction", Transactions.Stop(-1, Transactions.Stamp(5), tag: stopper));

        Assert.Equal("Accepted", answer.GetProperty("idTagInfo").GetProperty("status").GetString());
        var stored = (await host.Administrator.Get($"/api/v1/transactions?charger={name}")).Expect(HttpStatusCode.OK).Body
            .GetProperty("items")[0];
        Assert.Equal(!fits, stored.GetProperty("active").GetBoolean());
    }
}
