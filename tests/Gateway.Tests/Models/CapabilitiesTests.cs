using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Models;

/// <summary>What a charger can do and needs, and where that is known from.</summary>
public sealed class CapabilitiesTests(GatewayHost host)
{
    private const string LocalBoot = """{"chargePointVendor":"LOCAL","chargePointModel":"m","firmwareVersion":"7"}""";

    [Fact]
    public async Task A_model_a_setting_the_chargers_keys_and_its_answers_tell()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { ping = true })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp1.6");
        await charger.Call("BootNotification", LocalBoot);
        await Ask(charger, name, "GetConfiguration", """[3,"{0}",{1}]""", """
            {"configurationKey":[{"key":"supportedFeatureProfiles","readonly":true,"value":"Core, SmartCharging"},{"key":"ChargeProfileMaxStackLevel","readonly":true,"value":"8"},{"key":"HeartbeatInterval","readonly":false,"value":"60"}]}
            """.Trim());
        await Ask(charger, name, "ClearCache", """[4,"{0}","NotImplemented","",{1}]""", "{}");
        await Ask(charger, name, "ClearChargingProfile", """[4,"{0}","InternalError","",{1}]""", "{}");

        var shown = (await host.Administrator.Get($"/api/v1/chargers/{name}/capabilities")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(("LOCAL", "m", "7", "ocpp1.6"), (Text(shown, "vendor"), Text(shown, "model"), Text(shown, "firmware"), Text(shown, "ocppVersion")));
        Assert.Equal("""["Core","SmartCharging"]""", shown.GetProperty("featureProfiles").GetRawText());
        Assert.Equal("charger", Text(shown, "featureProfilesFrom"));
        Assert.Equal(["ChargeProfileMaxStackLevel=8"], shown.GetProperty("limits").EnumerateArray().Select(limit => $"{Text(limit, "key")}={Text(limit, "value")}"));
        Assert.Equal(
            ["ClearCache False", "ClearChargingProfile True", "GetConfiguration True"],
            shown.GetProperty("operations").EnumerateArray().Select(one => $"{Text(one, "action")} {one.GetProperty("known").GetBoolean()}"));
        var treatment = shown.GetProperty("treatment").EnumerateArray().ToDictionary(fact => Text(fact, "member")!);
        Assert.Equal(("\"kWh\"", "model", "local.json"), Fact(treatment["meterValues.unit"]));
        Assert.Equal(("true", "setting", null), Fact(treatment["ping"]));
        Assert.Equal("default", Text(treatment["settle.milliseconds"], "origin"));
    }

    [Fact]
    public async Task Of_one_that_never_came_only_the_defaults_are_known_and_strangers_see_nothing()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        var path = $"/api/v1/chargers/{name}/capabilities";
        var shown = (await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(JsonValueKind.Null, shown.GetProperty("featureProfiles").ValueKind);
        Assert.Equal((0, 0), (shown.GetProperty("operations").GetArrayLength(), shown.GetProperty("limits").GetArrayLength()));
        Assert.All(shown.GetProperty("treatment").EnumerateArray(), fact => Assert.Equal("default", Text(fact, "origin")));

        (await host.Administrator.Get("/api/v1/chargers/none/capabilities")).Expect(HttpStatusCode.NotFound);
        var elsewhere = await host.AddTenant(host.Name("elsewhere"));
        (await host.Administrator.With(PermissionHandler.TenantHeader, elsewhere).Get(path)).Expect(HttpStatusCode.NotFound);
    }

    /// <summary>Has the operator call the charger, and the charger answer.</summary>
    /// <param name="frame">With {0} for the id and {1} for the payload.</param>
    private async Task Ask(WireCharger charger, string name, string action, string frame, string payload)
    {
        var calling = host.Administrator.Post($"/api/v1/chargers/{name}/calls/{action}", new { });
        var (id, called, _) = await charger.NextCall();
        Assert.Equal(action, called);
        await charger.Send(frame.Replace("{0}", id, StringComparison.Ordinal).Replace("{1}", payload, StringComparison.Ordinal));
        (await calling).Expect(HttpStatusCode.OK);
    }

    private static (string Value, string? Origin, string? File) Fact(JsonElement fact) =>
        (fact.GetProperty("value").GetRawText(), Text(fact, "origin"), Text(fact, "file"));

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();
}
