using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class SettingsApiTests(GatewayHost host)
{
    [Fact]
    public async Task Settings_have_defaults_are_replaced_as_a_whole_and_belong_to_one_tenant()
    {
        var there = host.Administrator.With("X-Tenant", GatewayHost.ForeignTenant);
        var before = (await there.Get("/api/v1/settings")).Expect(HttpStatusCode.OK);
        Assert.Equal("refuse", before.Body.GetProperty("unknownChargers").GetString());

        var put = (await there.With("If-Match", before.ETag!).Put("/api/v1/settings", new { unknownChargers = "quarantine", strict = true }))
            .Expect(HttpStatusCode.OK);

        Assert.Equal(put.Text, (await there.Get("/api/v1/settings")).Text);
        Assert.True(put.Body.GetProperty("strict").GetBoolean());
        (await there.With("If-Match", before.ETag!).Put("/api/v1/settings", new { })).Expect(HttpStatusCode.PreconditionFailed);
        Assert.Equal("refuse", (await host.Administrator.Get("/api/v1/settings")).Body.GetProperty("unknownChargers").GetString());
    }

    [Theory]
    [InlineData("""{"unknownChargers":"maybe"}""", "unknownChargers")]
    [InlineData("""{"missingSubprotocol":"ocpp1.5"}""", "missingSubprotocol")]
    [InlineData("""{"strict":"yes"}""", "strict")]
    public async Task What_a_setting_cannot_be_is_refused_naming_it(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, "/api/v1/settings", body)).ExpectField(HttpStatusCode.UnprocessableEntity, field);
}
