using System.Diagnostics.Metrics;
using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Frames;
using EvCharge.History.Frames;
using EvCharge.Ocpp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EvCharge.GatewayTests.Frames;

/// <summary>What a gateway holds of its chargers' messages is bounded, and what it drops is counted and shows.</summary>
public sealed class FrameBookTests : IDisposable
{
    private static readonly ChargerId Charger = new(TenantId.Default, "CP1");
    private static readonly OcppFrame Reset = new(OcppFrame.Call, "id", "Reset", default, "", "", default);
    private readonly MeterListener _listener = new();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Memory_is_bounded_by_number_and_by_size()
    {
        var (book, _) = Book(new FrameLogOptions { Mode = "memory", MemoryMebibytes = 1 });
        var log = Open(book, Charger);

        Receive(log, 500, "x");
        Assert.Equal(200, book.Newest(Charger).Count);

        Receive(log, 100, new string('x', 50_000));
        Assert.InRange(book.Newest(Charger).Sum(frame => (long)frame.Text.Length), 500_000, 1024 * 1024);
    }

    [Fact]
    public void What_finds_no_place_in_the_queue_is_counted_and_the_next_entry_says_how_much()
    {
        var (book, waiting) = Book(new FrameLogOptions { Mode = "full", QueueEntries = 100 });
        var log = Open(book, Charger);
        Receive(log, 150, "x");

        Assert.Equal(51, waiting.Dropped);
        var taken = waiting.Take();
        Receive(log, 1, "x");

        Assert.Equal(Enumerable.Range(1, 100), taken.Select(entry => entry.Frame.Number));
        var next = Assert.Single(waiting.Take()).Frame;
        Assert.Equal((152, 51), (next.Number, next.Missed));
    }

    [Fact]
    public void Where_there_is_no_log_the_numbers_go_on()
    {
        var (book, waiting) = Book(new FrameLogOptions { Mode = "full" });
        var log = Open(book, Charger);
        book.Refresh(Settings("off"));
        Receive(log, 3, "x");
        Assert.Empty(book.Newest(Charger));

        book.Refresh(Settings("full"));
        Receive(log, 1, "x");

        Assert.Equal([1, 5], waiting.Take().Select(entry => entry.Frame.Number));
    }

    [Theory]
    [InlineData("auto", null, null, 199, "Full")]
    [InlineData("auto", null, null, 200, "Memory")]
    [InlineData("memory", null, null, 1, "Memory")]
    [InlineData("full", "off", null, 1, "Off")]
    [InlineData("off", "off", "full", 1, "Full")]
    public void The_closest_setting_holds(string installation, string? tenant, string? charger, int chargers, string mode)
    {
        var (book, _) = Book(new FrameLogOptions { Mode = installation });

        book.Refresh(Settings(charger, tenant, chargers));

        Assert.Equal(mode, book.ModeOf(Charger).ToString());
    }

    [Fact]
    public void A_call_that_comes_before_the_connection_is_known_is_logged_behind_its_opening()
    {
        var (book, waiting) = Book(new FrameLogOptions { Mode = "full" });
        var log = book.Open(Charger);
        log.Call(Reset, "[2]"u8.ToArray(), () => true);

        log.Opened(new Epoch(7), "ocpp1.6", "192.0.2.1");

        Assert.Equal(
            [(7, 1, LoggedKind.Opened), (7, 2, LoggedKind.Call)],
            waiting.Take().Select(entry => (entry.Frame.Connection, entry.Frame.Number, entry.Frame.Kind)));
    }

    [Fact]
    public async Task An_answer_that_comes_while_its_call_is_still_being_sent_is_logged_behind_it()
    {
        var (book, waiting) = Book(new FrameLogOptions { Mode = "full" });
        var log = Open(book, Charger);
        waiting.Take();
        var answer = new Frame(FrameKind.CallResult, "id", "", default, "", "");
        var answered = Task.CompletedTask;

        Assert.True(log.Call(Reset, "[2]"u8.ToArray(), () =>
        {
            answered = Task.Run(() => log.Received(answer, "[3]"u8.ToArray(), DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
            return !answered.Wait(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }));
        await answered;

        Assert.Equal(
            [(LoggedKind.Call, "Reset"), (LoggedKind.CallResult, "Reset")],
            waiting.Take().Select(entry => (entry.Frame.Kind, entry.Frame.Action)));
    }

    private static FrameLogSettings Settings(string? charger, string? tenant = null, int chargers = 1) => new(
        tenant is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["default"] = tenant },
        charger is null ? new Dictionary<ChargerId, string>() : new Dictionary<ChargerId, string> { [Charger] = charger },
        chargers);

    private static ConnectionLog Open(FrameBook book, ChargerId charger)
    {
        var log = book.Open(charger);
        log.Opened(new Epoch(7), "ocpp1.6", "192.0.2.1");
        return log;
    }

    private static void Receive(ConnectionLog log, int count, string text)
    {
        for (var number = 0; number < count; number++)
        {
            log.Received(new Frame(FrameKind.Call, "id", "Heartbeat", default, "", ""), Encoding.UTF8.GetBytes(text), DateTimeOffset.UnixEpoch);
        }
    }

    /// <summary>A book whose entries nobody stores: what waits stays until it is taken.</summary>
    private (FrameBook Book, Waiting Waiting) Book(FrameLogOptions options)
    {
        var waiting = new Waiting(_listener, Options.Create(options));
        return (new FrameBook(waiting.Queue, Options.Create(options), TimeProvider.System), waiting);
    }

    private sealed class Waiting
    {
        private long _dropped;

        public Waiting(MeterListener listener, IOptions<FrameLogOptions> options)
        {
            var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, enabling) =>
            {
                if (instrument.Name == "evcharge.frames.dropped" && instrument.Meter.Scope == meters)
                {
                    enabling.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, count, _, _) => _dropped += count);
            listener.Start();
            Queue = new FrameQueue(new FrameInstruments(meters), options);
        }

        public FrameQueue Queue { get; }

        public long Dropped => _dropped;

        public IReadOnlyList<ChargerFrame> Take()
        {
            var taken = new List<ChargerFrame>();
            while (Queue.TryTake(out var entry))
            {
                taken.Add(entry);
            }

            return taken;
        }
    }
}
