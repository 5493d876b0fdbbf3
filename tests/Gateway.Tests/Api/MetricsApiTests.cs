using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class MetricsApiTests(GatewayHost host)
{
    [Fact]
    public async Task The_machine_itself_reads_metrics_without_a_key()
    {
        const string counted = "http_server_request_duration_seconds_count";

        // A request is counted after its answer has left, so the first look may come too early.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string metrics;
        do
        {
            (await host.Anonymous().Get("/health/live")).Expect(HttpStatusCode.OK);
            metrics = (await host.Anonymous().Get("/metrics")).Expect(HttpStatusCode.OK).Text;
        }
        while (!metrics.Contains(counted, StringComparison.Ordinal) && !patience.IsCancellationRequested);

        Assert.Contains(counted, metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task Whoever_comes_through_a_proxy_on_the_machine_needs_a_key(string header)
    {
        (await host.Anonymous().With(header, "for=192.0.2.1").Get("/metrics")).Expect(HttpStatusCode.Unauthorized);
        (await (await host.WithRole("guest")).With(header, "for=192.0.2.1").Get("/metrics")).Expect(HttpStatusCode.Forbidden);
        (await (await host.WithRole("operator")).With(header, "for=192.0.2.1").Get("/metrics")).Expect(HttpStatusCode.OK);
    }
}
