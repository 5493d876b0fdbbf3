using System.Diagnostics;
using System.Net;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Observability;

/// <summary>What a collector is told of a message and of a command, by all processes that they pass.</summary>
[Collection(ProcessTests.Name)]
public sealed class TraceTests
{
    private const string Gateway = "evcharge-gateway";
    private const string Silo = "evcharge-silo";

    [Fact]
    public async Task A_frame_is_one_trace_to_its_commit_and_a_command_one_to_the_chargers_answer()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "traced", collector.Settings);
        using var api = await product.LoginAsync();
        await api.PutAsync("chargers/TRACED", new { connectors = 1 });
        await api.PutAsync("tags/TAG", new { status = "Accepted" });
        await using var charger = SimulatedCharger.Start(product.Ocpp, options => options with { Identity = "TRACED" });
        await charger.OnlineAsync();

        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("TRACED", "RemoteStartTransaction", """{"connectorId":1,"idTag":"TAG"}""")).Status);

        // Up: the charger's message, in the gateway and in two grains, until it is on disk.
        var started = await FindAsync(collector, span => span.Name == "receive StartTransaction" && span.Service == Gateway);
        Assert.Equal(("", "default", "TRACED"), (started.Parent, started.Attributes["evcharge.tenant"], started.Attributes["evcharge.charger"]));
        var commit = await FindAsync(collector, span => span.Trace == started.Trace && span.Name.StartsWith("commit history", StringComparison.Ordinal));
        Assert.Equal(Silo, commit.Service);
        Assert.Contains("IChargerGrain/Receive", await PathAsync(collector, commit), StringComparison.Ordinal);
        Assert.StartsWith("receive StartTransaction", await PathAsync(collector, commit), StringComparison.Ordinal);

        // Down: the request of the API, the grain that has it sent, and the gateway that delivers it.
        var sent = await FindAsync(collector, span => span.Name == "send RemoteStartTransaction" && span.Service == Silo);
        Assert.Equal("TRACED", sent.Attributes["evcharge.charger"]);
        Assert.StartsWith("POST", await PathAsync(collector, sent), StringComparison.Ordinal);
        await FindAsync(collector, span => span.Trace == sent.Trace && span.Name.Contains("IGatewayObserver/Deliver", StringComparison.Ordinal));

        var connected = await Until(() => collector.Events.FirstOrDefault(said => said.Text.StartsWith("default/TRACED: connected", StringComparison.Ordinal)));
        Assert.Equal((Gateway, "default"), (connected.Service, connected.Attributes["tenant"]));
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("/health", StringComparison.Ordinal));
    }

    private static Task<OtlpCollector.Span> FindAsync(OtlpCollector collector, Func<OtlpCollector.Span, bool> isIt) =>
        Until(() => collector.Spans.FirstOrDefault(isIt));

    /// <summary>The names of the span and of all above it, the root first.</summary>
    private static async Task<string> PathAsync(OtlpCollector collector, OtlpCollector.Span span)
    {
        List<string> names = [span.Name];
        while (span.Parent.Length > 0)
        {
            var parent = span.Parent;
            span = await FindAsync(collector, other => other.Id == parent);
            names.Insert(0, span.Name);
        }

        return string.Join(" > ", names);
    }

    private static async Task<T> Until<T>(Func<T?> look)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (look() is { } found)
                return found;
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "The collector was not told.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
