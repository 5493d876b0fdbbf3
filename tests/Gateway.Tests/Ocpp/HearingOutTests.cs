using EvCharge.Gateway.Ocpp;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>What a charger sends after its connection has ended: it is read, so that the close frame arrives, but slowly.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class HearingOutTests : IDisposable
{
    private const int Sip = 65_536;
    private readonly FakeTimeProvider _time = new();
    private readonly Torrent _torrent = new();
    private readonly ChargerStream _wire;

    public HearingOutTests() => _wire = new ChargerStream(_torrent, new FrameGuard(Sip), _time);

    public void Dispose()
    {
        _wire.Dispose();
        _torrent.Dispose();
    }

    [Fact]
    public async Task A_connection_that_is_heard_out_is_read_with_pauses()
    {
        _wire.SlowDown();
        using var stop = new CancellationTokenSource();

        var drained = _wire.Drain(stop.Token);

        Assert.InRange(_torrent.Given, Sip, Sip + 65_536);
        var before = _torrent.Given;
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.InRange(_torrent.Given - before, Sip, Sip + 65_536);
        Assert.False(drained.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);
    }

    [Fact]
    public async Task A_connection_that_is_served_is_read_without_pauses()
    {
        var buffer = new byte[4_096];
        for (var read = 0; read < 4 * Sip; read += buffer.Length)
        {
            var reading = _wire.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(reading.IsCompletedSuccessfully);
            await reading;
        }
    }

    /// <summary>Empty masked text frames without an end.</summary>
    private sealed class Torrent : MemoryStream
    {
        private static readonly byte[] _frame = [0x81, 0x80, 1, 2, 3, 4];

        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var index = 0; index < buffer.Length; index++)
            {
                buffer.Span[index] = _frame[(Given + index) % _frame.Length];
            }

            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
