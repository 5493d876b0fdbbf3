using System.Net;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Api;

/// <summary>A gateway whose silos are gone.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class FaultBoundaryTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("evcharge-faults-");
    private DetachedGateway? gateway;
    private ApiClient? client;

    public async ValueTask InitializeAsync()
    {
        gateway = await DetachedGateway.Start(folder.FullName, security => security.AdminPassword = "the password");
        var login = await new ApiClient(gateway.Address).Post("/api/v1/auth/token", new { username = "admin", password = "the password" });
        client = new ApiClient(gateway.Address).With("Authorization", $"Bearer {login.Body.GetProperty("accessToken").GetString()}");
    }

    [Fact]
    public async Task Configuration_is_still_written_since_its_owner_finds_out_by_itself()
    {
        (await client!.Put("/api/v1/sites/depot", new { })).Expect(HttpStatusCode.Created);
        (await client.Put("/api/v1/chargers/CP1", new { site = "depot" })).Expect(HttpStatusCode.Created);
        (await client.Delete("/api/v1/chargers/CP1")).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_call_says_that_it_cannot_be_made_now()
    {
        var answer = (await client!.Post("/api/v1/chargers/CP2/calls/ClearCache", new { })).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("cluster-unavailable", answer.Code);
        Assert.NotNull(answer.Message.Headers.RetryAfter);
        Assert.DoesNotContain("silo", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await gateway!.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
