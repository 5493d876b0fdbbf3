using System.Net;
using System.Net.WebSockets;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Gateways;

/// <summary>A gateway serves what its roles say, and nothing of the other one.</summary>
[Collection(ProcessTests.Name)]
public sealed class RolesTests(SeparateGateways gateways) : IClassFixture<SeparateGateways>, IDisposable
{
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/openapi/v1.json", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/me", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/transactions", HttpStatusCode.NotFound)]
    public async Task A_gateway_for_chargers_alone_has_health_and_metrics_and_no_api(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, await StatusAsync(gateways.ForChargers, path));

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/me", HttpStatusCode.Unauthorized)]
    [InlineData("/ocpp/CP1", HttpStatusCode.NotFound)]
    public async Task A_gateway_for_the_api_alone_has_the_page_too(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, await StatusAsync(gateways.ForApi, path));

    [Theory]
    [InlineData("/ocpp/CP1")]
    [InlineData("/anywhere")]
    public async Task A_gateway_for_the_api_alone_takes_no_charger(string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp1.6");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri($"ws://{gateways.ForApi.Http.Authority}{path}"), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.NotFound, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_charger_of_one_is_commanded_through_the_other()
    {
        using var api = await ProductApi.LoginAsync(gateways.ForApi.Http);
        await api.PutAsync("sites/roles", new { name = "Roles", timeZone = "Europe/Paris", energyUnit = "A" });
        await api.PutAsync("chargers/ROLES", new { site = "roles", connectors = 1 });
        await using var charger = SimulatedCharger.Start(gateways.ForChargers.Ocpp, options => options with { Identity = "ROLES" });
        await charger.OnlineAsync();

        var (status, body) = await api.CallAsync("ROLES", "GetConfiguration", """{"key":["NumberOfConnectors"]}""");

        Assert.Equal((HttpStatusCode.OK, "answered"), (status, body.Text("status")));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode> StatusAsync(ProductProcess gateway, string path)
    {
        using var answer = await _http.GetAsync(new Uri(gateway.Http, path), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
