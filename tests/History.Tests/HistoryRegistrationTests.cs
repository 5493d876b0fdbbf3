using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Sessions;
using EvCharge.HistoryTests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EvCharge.HistoryTests;

public sealed class HistoryRegistrationTests
{
    [Fact]
    public async Task What_services_write_while_the_host_stops_is_kept()
    {
        var database = await TestEngine.Migrated();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<WritesAtTheEnd>();
        builder.Services.AddEvChargeHistory(options => options.Database = database);
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<HistoryUnavailableException>(() =>
                host.Services.GetRequiredService<SessionLog>().Commit(TestHistory.Tenant, WritesAtTheEnd.Last));
        }

        await using (var history = TestHistory.Open(database))
        {
            Assert.Equal("Available", (await history.Sessions.Load(Facts.Connector)).Status!.Status);
        }

        TestEngine.Remove(database);
    }

    [Fact]
    public async Task Settings_out_of_bounds_stop_the_start_and_name_the_key()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEvChargeHistory(options => options.Readers = 0);
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("HistoryOptions.Readers", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Registered before History, so stopped after it.</summary>
    private sealed class WritesAtTheEnd(SessionLog sessions) : IHostedService
    {
        public static readonly SessionEffect[] Last =
            [new StatusRecorded(Facts.Connector, Facts.Status("Available", Facts.Noon))];

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => sessions.Commit(TestHistory.Tenant, Last);
    }
}
