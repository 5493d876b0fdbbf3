using System.Net;
using System.Text;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Gateway.Security;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

public sealed class ChargersApiTests(GatewayHost host)
{
    [Fact]
    public async Task Connectors_are_a_count_or_a_list()
    {
        var (counted, listed) = (host.Name("CP"), host.Name("CP"));

        var count = (await host.Administrator.Put($"/api/v1/chargers/{counted}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        var list = (await host.Administrator.Put($"/api/v1/chargers/{listed}", new
        {
            maxCurrent = 32,
            sharing = "Shared",
            operatingMode = new { unit = "W" },
            connectors = new object[]
            {
                new { connector = 2, current = "DC", maxPower = 50_000 },
                new { connector = 1, maxCurrent = 16, rotation = "STR", phases = 3, priority = 9, holdMinimum = true },
            },
        })).Expect(HttpStatusCode.Created);

        Assert.Equal([1, 2], Connectors(count).Select(Number));
        Assert.Equal([1, 2], Connectors(list).Select(Number));
        Assert.Equal("STR", Connectors(list)[0].GetProperty("rotation").GetString());
        Assert.Equal("DC", Connectors(list)[1].GetProperty("current").GetString());
        Assert.Equal(32, list.Body.GetProperty("maxCurrent").GetInt32());
        Assert.Equal("W", list.Body.GetProperty("operatingMode").GetProperty("unit").GetString());
        Assert.Equal(list.Text, (await host.Administrator.Get($"/api/v1/chargers/{listed}")).Text);
    }

    [Theory]
    [InlineData("""{"site":"no-such-site"}""", "site")]
    [InlineData("""{"connectors":0}""", "connectors")]
    [InlineData("""{"connectors":1.5}""", "connectors")]
    [InlineData("""{"connectors":2000000000}""", "connectors")]
    [InlineData("""{"connectors":[]}""", "connectors")]
    [InlineData("""{"connectors":[{"connector":1},{"connector":3}]}""", "connectors")]
    [InlineData("""{"connectors":[{"connector":1},{"connector":1}]}""", "connectors")]
    [InlineData("""{"connectors":[null]}""", "connectors")]
    [InlineData("""{"connectors":"two"}""", "connectors")]
    [InlineData("""{"connectors":[{"connector":1,"phases":4}]}""", "connectors[0].phases")]
    [InlineData("""{"connectors":[{"connector":1,"fases":3}]}""", "connectors[0].fases")]
    [InlineData("""{"password":"short"}""", "password")]
    [InlineData("""{"password":"with\ncontrol characters"}""", "password")]
    [InlineData("""{"securityProfile":1}""", "password")]
    [InlineData("""{"securityProfile":0,"password":"long enough"}""", "securityProfile")]
    [InlineData("""{"securityProfile":4,"password":"long enough"}""", "securityProfile")]
    [InlineData("""{"securityProfile":4}""", "securityProfile")]
    [InlineData("""{"sharing":"Sometimes"}""", "sharing")]
    [InlineData("""{"maxCurrent":-1}""", "maxCurrent")]
    [InlineData("""{"operatingMode":[1]}""", "operatingMode")]
    [InlineData("""{"operatingMode":{"unit":"kW"}}""", "operatingMode.unit")]
    [InlineData("""{"operatingMode":{"purpose":7}}""", "operatingMode.purpose")]
    [InlineData("""{"operatingMode":{"colour":"red"}}""", "operatingMode.colour")]
    [InlineData("""{"online":true}""", "online")]
    public async Task What_a_charger_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/chargers/{host.Name("CP")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task A_site_of_another_tenant_is_no_site()
    {
        var site = host.Name("s");
        await host.Administrator.With("X-Tenant", GatewayHost.ForeignTenant).Put($"/api/v1/sites/{site}", new { });

        (await host.Administrator.Put($"/api/v1/chargers/{host.Name("CP")}", new { site }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "site");
    }

    [Fact]
    public async Task A_password_is_stored_as_a_hash_kept_by_later_puts_and_never_shown()
    {
        var name = host.Name("CP");
        var path = $"/api/v1/chargers/{name}";
        const string password = "a charger's password";

        var created = (await host.Administrator.Put(path, new { password })).Expect(HttpStatusCode.Created);
        var kept = (await host.Administrator.Put(path, new { connectors = 2 })).Expect(HttpStatusCode.OK);

        Assert.Equal(1, created.Body.GetProperty("securityProfile").GetInt32());
        Assert.Equal(1, kept.Body.GetProperty("securityProfile").GetInt32());
        Assert.True(kept.Body.GetProperty("hasPassword").GetBoolean());
        Assert.DoesNotContain(password, created.Text + kept.Text, StringComparison.Ordinal);
        Assert.False(kept.Body.TryGetProperty("password", out _));
        Assert.True(ChargerSecret.Verify(await StoredHash(name), Encoding.ASCII.GetBytes(password)));

        var open = (await host.Administrator.Put(path, new { securityProfile = 0 })).Expect(HttpStatusCode.OK);
        Assert.False(open.Body.GetProperty("hasPassword").GetBoolean());
        Assert.Null(await StoredHash(name));
    }

    [Fact]
    public async Task What_is_known_of_a_charger_stands_beside_its_configuration()
    {
        var name = host.Name("CP");
        var id = new ChargerId(TenantId.Default, name);
        await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 });
        var at = new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
        var log = host.Services.GetRequiredService<ChargerLog>();
        await log.RecordConnection(id, online: true, at, "ocpp1.6", "192.0.2.7");
        await log.RecordBoot(id, new BootRecord("<img src=x>", "Model 3", "SN1", "1.2", null, null, null, null, at));
        await log.RecordWarning(id, new ConformanceWarning("MeterValues", "type", "meterValue", "{}", at, 1));
        await host.Services.GetRequiredService<SessionLog>().Commit(
            TenantId.Default,
            [new StatusRecorded(new ConnectorId(id, 2), new ConnectorStatus("Faulted", "GroundFailure", "wet", "v", "E1", "", at))]);

        var charger = (await host.Administrator.Get($"/api/v1/chargers/{name}")).Expect(HttpStatusCode.OK).Body;
        Assert.True(charger.GetProperty("online").GetBoolean());
        Assert.Equal("<img src=x>", charger.GetProperty("vendor").GetString());
        Assert.Equal(at, charger.GetProperty("lastSeen").GetDateTimeOffset());
        Assert.Equal("Unknown", charger.GetProperty("connectors")[0].GetProperty("status").GetString());
        Assert.Equal("Faulted", charger.GetProperty("connectors")[1].GetProperty("status").GetString());

        var connector = (await host.Administrator.Get($"/api/v1/chargers/{name}/connectors/2")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("GroundFailure", connector.GetProperty("errorCode").GetString());
        Assert.Equal(JsonValueKind.Null, connector.GetProperty("transaction").ValueKind);
        (await host.Administrator.Get($"/api/v1/chargers/{name}/connectors/3")).Expect(HttpStatusCode.NotFound);
        var warnings = (await host.Administrator.Get($"/api/v1/chargers/{name}/warnings")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("meterValue", Assert.Single(warnings.GetProperty("items").EnumerateArray()).GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_a_site()
    {
        var (site, other) = (host.Name("s"), host.Name("s"));
        await host.Administrator.Put($"/api/v1/sites/{site}", new { });
        await host.Administrator.Put($"/api/v1/sites/{other}", new { });
        var mine = new[] { host.Name("CP"), host.Name("CP"), host.Name("CP") };
        foreach (var name in mine)
        {
            await host.Administrator.Put($"/api/v1/chargers/{name}", new { site });
        }

        await host.Administrator.Put($"/api/v1/chargers/{host.Name("CP")}", new { site = other });

        var seen = await Pages.All(host.Administrator, $"/api/v1/chargers?site={site}", 2, item => item.GetProperty("charger").GetString()!);

        Assert.Equal(mine.Order(StringComparer.Ordinal), seen);
    }

    private async Task<string?> StoredHash(string name)
    {
        var stored = await host.Services.GetRequiredService<ConfigurationStore>().Charger(new ChargerId(TenantId.Default, name));
        return stored!.Value.PasswordHash;
    }

    private static JsonElement[] Connectors(ApiAnswer answer) => [.. answer.Body.GetProperty("connectors").EnumerateArray()];

    private static int Number(JsonElement connector) => connector.GetProperty("connector").GetInt32();
}
