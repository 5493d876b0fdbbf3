using System.Collections.Immutable;
using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Configuration;
using EvCharge.History.Migrations;
using EvCharge.Silo;
using EvCharge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(EvCharge.GrainsTests.GrainsFixture))]

namespace EvCharge.GrainsTests;

/// <summary>A silo with the real grains on real SQLite files, shared by all tests: each uses chargers of its own.</summary>
public sealed class GrainsFixture : IAsyncLifetime
{
    private static int _chargers;
    private readonly string _folder = Directory.CreateTempSubdirectory("evcharge-grains-").FullName;
    private InProcessTestCluster _cluster = null!;

    public IGrainFactory Grains => _cluster.Client;

    public ConfigurationStore Configuration => Service<ConfigurationStore>();

    public string StateFile => Path.Combine(_folder, "state.db");

    public string HistoryFile => Path.Combine(_folder, "history.db");

    public T Service<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        await MigrationsRunner.Run(new HistoryOptions { Database = DatabaseLocation.Folder(_folder) }, NullLoggerFactory.Instance);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddEvChargeHistory(history => history.Database = DatabaseLocation.Folder(_folder));
            silo.AddEvChargeSilo(DatabaseLocation.Folder(_folder));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await Configuration.PutSite(TenantId.Default, new SiteConfiguration("S1", "Site", "UTC", "A", null, null, null), null);
        await Configuration.PutTag(TenantId.Default, new TagConfiguration("GOOD", "Accepted", null, null, [], null, null), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A configured charger that nobody else uses, booted through a gateway that records what it is sent.</summary>
    /// <param name="parameters">Of its energy, as JSON; null for none.</param>
    internal async Task<TestCharger> Connect(int connectors = 1, string site = "S1", string? parameters = null)
    {
        var id = new ChargerId(TenantId.Default, $"CP{Interlocked.Increment(ref _chargers)}");
        await Configuration.PutCharger(
            TenantId.Default,
            new ChargerConfiguration(
                id.Name, site, 0, null, parameters, [.. Enumerable.Range(1, connectors).Select(number => new ConnectorConfiguration(number, null))]),
            null);
        var charger = new TestCharger(id, Grains);
        await charger.Attach();
        await charger.Boot();
        return charger;
    }
}

/// <summary>A charger's connection without the socket.</summary>
internal sealed class TestCharger
{
    private readonly RecordingGateway _gateway = new();
    private readonly IGatewayObserver _observer;
    private int _messages;

    public TestCharger(ChargerId id, IGrainFactory grains)
    {
        Id = id;
        Grain = grains.GetGrain<IChargerGrain>(id.ToString());
        _observer = grains.CreateObjectReference<IGatewayObserver>(_gateway);
    }

    public ChargerId Id { get; }

    public IChargerGrain Grain { get; }

    public Epoch Epoch { get; private set; }

    public RecordingGateway Gateway => _gateway;

    public async Task<AttachResult> Attach(bool rebind = false)
    {
        var attached = await Grain.Attach(new AttachRequest(Epoch, rebind, "ocpp1.6", "test"), _observer);
        Epoch = attached.Won ? attached.Epoch : Epoch;
        return attached;
    }

    public Task<string> Boot() => Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");

    /// <param name="receivedAt">By the gateway's clock; the right time when null.</param>
    public ValueTask<OcppReply> Call(string action, string payload, string? messageId = null, DateTimeOffset? receivedAt = null) => Grain.Receive(
        Epoch,
        new OcppFrame(
            OcppFrame.Call, messageId ?? $"m{Interlocked.Increment(ref _messages)}", action,
            Encoding.UTF8.GetBytes(payload), "", "", receivedAt ?? TimeProvider.System.GetUtcNow()));

    public async Task<string> Result(string action, string payload, string? messageId = null, DateTimeOffset? receivedAt = null)
    {
        var reply = await Call(action, payload, messageId, receivedAt);
        Assert.Equal(ReplyOutcome.Answered, reply.Outcome);
        Assert.Equal("", reply.Frame!.ErrorCode);
        return Encoding.UTF8.GetString(reply.Frame.Payload.Span);
    }

    public ValueTask Answer(OcppFrame call, string result) => Grain.ReceiveResult(
        Epoch, call with { Kind = OcppFrame.CallResult, Action = "", Payload = Encoding.UTF8.GetBytes(result) });

    public async Task<int> Start(string stamp = "2026-03-01T12:00:00Z", string? messageId = null, int meter = 1000) =>
        TransactionId(await Result(
            "StartTransaction", $$"""{"connectorId":1,"idTag":"GOOD","meterStart":{{meter}},"timestamp":"{{stamp}}"}""", messageId));

    public static int TransactionId(string result)
    {
        using var document = System.Text.Json.JsonDocument.Parse(result);
        return document.RootElement.GetProperty("transactionId").GetInt32();
    }
}

internal sealed class RecordingGateway : IGatewayObserver
{
    private readonly System.Threading.Channels.Channel<OcppFrame> _delivered = System.Threading.Channels.Channel.CreateUnbounded<OcppFrame>();

    public TaskCompletionSource<Epoch> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<Epoch> RebindAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasFrame => _delivered.Reader.TryPeek(out _);

    public ValueTask<OcppFrame> Next() => NextUntil(TestContext.Current.CancellationToken);

    public ValueTask<OcppFrame> NextUntil(CancellationToken cancelled) => _delivered.Reader.ReadAsync(cancelled);

    /// <summary>What it holds of the charger's messages.</summary>
    public ImmutableArray<LoggedFrame> Recent { get; set; } = [];

    /// <summary>As a gateway whose socket is gone.</summary>
    public bool HasNoSocket { get; set; }

    public ValueTask<DeliverResult> Deliver(ChargerId charger, Epoch epoch, OcppFrame frame)
    {
        if (HasNoSocket)
        {
            return new ValueTask<DeliverResult>(DeliverResult.UnknownConnection);
        }

        _delivered.Writer.TryWrite(frame);
        return new ValueTask<DeliverResult>(DeliverResult.Accepted);
    }

    public ValueTask<ImmutableArray<LoggedFrame>> RecentFrames(ChargerId charger) => new(Recent);

    public ValueTask Close(ChargerId charger, Epoch epoch, CloseReason reason)
    {
        Closed.TrySetResult(epoch);
        return ValueTask.CompletedTask;
    }

    public ValueTask Rebind(ChargerId charger, Epoch epoch)
    {
        RebindAsked.TrySetResult(epoch);
        return ValueTask.CompletedTask;
    }
}
