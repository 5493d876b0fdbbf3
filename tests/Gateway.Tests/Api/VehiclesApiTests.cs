using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class VehiclesApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_vehicle_is_known_by_its_tags_from_both_sides()
    {
        var (site, tag, vehicle) = (host.Name("s"), host.Name("T"), host.Name("v"));
        await host.Administrator.Put($"/api/v1/sites/{site}", new { });
        await host.Administrator.Put($"/api/v1/tags/{tag}", new { });

        var created = (await host.Administrator.Put(
            $"/api/v1/vehicles/{vehicle}",
            new { name = "Bus 12", vin = "WVWZZZ1JZXW000001", evccid = "00:11:22:33:44:55", tags = new[] { tag }, site })).Expect(HttpStatusCode.Created);

        Assert.Equal(created.Text, (await host.Administrator.Get($"/api/v1/vehicles/{vehicle}")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal(vehicle, (await host.Administrator.Get($"/api/v1/tags/{tag}")).Body.GetProperty("vehicle").GetString());
        Assert.Contains(vehicle, await Pages.All(host.Administrator, "/api/v1/vehicles", 100, item => item.GetProperty("vehicle").GetString()!));
        (await host.Administrator.Delete($"/api/v1/vehicles/{vehicle}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Get($"/api/v1/vehicles/{vehicle}")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"vin":"much too long for a VIN"}""", "vin")]
    [InlineData("""{"evccid":"é"}""", "evccid")]
    [InlineData("""{"tags":[""]}""", "tags")]
    [InlineData("""{"site":"no-such-site"}""", "site")]
    [InlineData("""{"vehicle":"another"}""", "vehicle")]
    public async Task What_a_vehicle_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/vehicles/{host.Name("v")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);
}
