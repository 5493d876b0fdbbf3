using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Processes;

/// <summary>The pages of Orleans show states of all tenants: they are there when they are wanted, and for those who run the platform.</summary>
public sealed class OrleansDashboardTests(GatewayHost host)
{
    [Fact]
    public async Task They_are_not_there_when_nobody_wants_them() =>
        Assert.DoesNotContain("Orleans", (await (await host.WithRole("administrator")).Get("/orleans/")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Who_runs_the_platform_sees_them_and_nobody_else()
    {
        await using var installation = await Installation.Start("--EVCHARGE_ORLEANS_DASHBOARD=true");
        var anonymous = new ApiClient(installation.FirstAddress);
        var admin = await LoggedIn(anonymous, "admin", Installation.AdminPassword);
        const string password = "long enough a password";
        (await admin.Put("/api/v1/users/ada", new { role = "administrator", password })).Expect(HttpStatusCode.Created);
        var ada = await LoggedIn(anonymous, "ada", password);

        foreach (var path in (string[])["/orleans/", "/orleans/DashboardCounters", "/orleans/version"])
        {
            (await anonymous.Get(path)).Expect(HttpStatusCode.Unauthorized);
            (await ada.Get(path)).Expect(HttpStatusCode.Forbidden);
        }

        Assert.Contains("Orleans", (await admin.Get("/orleans/")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains("ChargerGrain", await Counters(admin, installation), StringComparison.Ordinal);
    }

    /// <summary>With the grain of a charger that just connected.</summary>
    private static async Task<string> Counters(ApiClient admin, Installation installation)
    {
        (await admin.Put("/api/v1/chargers/SEEN", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(installation.FirstAddress, "SEEN");
        var counters = "";
        await Eventually.Holds(async () =>
            (counters = (await admin.Get("/orleans/DashboardCounters")).Expect(HttpStatusCode.OK).Text).Contains("ChargerGrain", StringComparison.Ordinal));
        return counters;
    }

    private static async Task<ApiClient> LoggedIn(ApiClient anonymous, string username, string password) => anonymous.With(
        "Authorization", $"Bearer {(await anonymous.Post("/api/v1/auth/token", new { username, password })).Expect(HttpStatusCode.OK).Body.GetProperty("accessToken").GetString()}");
}
