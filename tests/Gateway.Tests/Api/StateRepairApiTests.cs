using System.Net;

namespace EvCharge.GatewayTests.Api;

/// <summary>A repair of what is sound does nothing; what it does to the damaged is tested where a state can be damaged.</summary>
public sealed class StateRepairApiTests(GatewayHost host)
{
    [Theory]
    [InlineData("chargers")]
    [InlineData("sites")]
    public async Task What_can_be_read_is_not_repaired(string things)
    {
        var path = $"/api/v1/{things}/{host.Name("sound")}";
        (await host.Administrator.Put(path, new { })).Expect(HttpStatusCode.Created);

        Assert.Equal("state-readable", (await host.Administrator.Post($"{path}/state-repair", new { })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Theory]
    [InlineData("chargers")]
    [InlineData("sites")]
    public async Task What_is_not_there_is_not_repaired(string things) =>
        (await host.Administrator.Post($"/api/v1/{things}/{host.Name("nowhere")}/state-repair", new { })).Expect(HttpStatusCode.NotFound);
}
