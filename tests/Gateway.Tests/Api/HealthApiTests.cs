using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class HealthApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_process_that_serves_is_live_and_ready_to_anybody()
    {
        (await host.Anonymous().Get("/health/live")).Expect(HttpStatusCode.OK);
        var ready = (await host.Anonymous().Get("/health/ready")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("up", ready.GetProperty("status").GetString());
        Assert.Equal("up", ready.GetProperty("dependencies").GetProperty("database").GetString());
        Assert.Equal("up", ready.GetProperty("dependencies").GetProperty("grains").GetString());
    }

    [Fact]
    public async Task Readiness_names_the_dependency_that_is_down()
    {
        var folder = Directory.CreateTempSubdirectory("evcharge-health-");
        await using (var detached = await DetachedGateway.Start(folder.FullName))
        {
            var client = new ApiClient(detached.Address);
            var ready = (await client.Get("/health/ready")).Expect(HttpStatusCode.ServiceUnavailable).Body;

            Assert.Equal("down", ready.GetProperty("status").GetString());
            Assert.Equal("up", ready.GetProperty("dependencies").GetProperty("database").GetString());
            Assert.Equal("down", ready.GetProperty("dependencies").GetProperty("grains").GetString());
            (await client.Get("/health/live")).Expect(HttpStatusCode.OK);
        }

        folder.Delete(recursive: true);
    }
}
