using System.Net;
using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

public sealed class EventsApiTests(GatewayHost host)
{
    [Fact]
    public async Task Events_of_a_charger_are_listed_newest_first()
    {
        var charger = host.Name("CP");
        var log = host.Services.GetRequiredService<ChargerLog>();
        for (var index = 0; index < 5; index++)
        {
            await log.RecordEvent(TenantId.Default, new EventRecord(Sessions.Noon.AddMinutes(index), "superseded", charger, $"number {index}"));
        }

        var details = await Pages.All(host.Administrator, $"/api/v1/events?charger={charger}", 2, item => item.GetProperty("detail").GetString()!);

        Assert.Equal(["number 4", "number 3", "number 2", "number 1", "number 0"], details);
        var foreigner = await host.WithRole("operator", GatewayHost.ForeignTenant);
        Assert.Empty((await foreigner.Get($"/api/v1/events?charger={charger}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
    }
}
