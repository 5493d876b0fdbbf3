using System.Net;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Api;

public sealed class SystemApiTests(GatewayHost host)
{
    [Fact]
    public async Task Those_who_run_the_installation_see_its_silos_grains_and_connections()
    {
        var name = host.Name("seen");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(host.Address, name);

        var seen = (await host.Administrator.Get("/api/v1/system")).Expect(HttpStatusCode.OK).Body;

        var silos = seen.GetProperty("silos").EnumerateArray().ToList();
        Assert.Equal(InstallationKind.IsSplit ? 2 : 1, silos.Count);
        Assert.All(silos, silo =>
        {
            Assert.Equal("Active", silo.GetProperty("status").GetString());
            Assert.InRange(silo.GetProperty("activations").GetInt32(), 1, 1_000_000);
            Assert.InRange(silo.GetProperty("memoryBytes").GetInt64(), 10L << 20, 1L << 40);
        });
        Assert.InRange(Activations(seen, "ChargerGrain"), 1, 100_000);
        Assert.InRange(seen.GetProperty("gateway").GetProperty("connections").GetInt32(), InstallationKind.IsSplit ? 0 : 1, 100_000);
        Assert.StartsWith("0.", seen.GetProperty("version").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_of_a_tenant_sees_nothing_of_it()
    {
        var client = await host.WithRole("administrator");

        (await client.Get("/api/v1/system")).Expect(HttpStatusCode.Forbidden);
    }

    private static int Activations(System.Text.Json.JsonElement seen, string grain) =>
        seen.GetProperty("grains").EnumerateArray().Single(count => count.GetProperty("grain").GetString() == grain).GetProperty("activations").GetInt32();
}
