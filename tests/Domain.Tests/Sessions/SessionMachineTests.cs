using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

public sealed class SessionMachineTests
{
    private readonly Session _session = new();

    [Fact]
    public void A_session_counts_its_energy_from_meter_to_meter()
    {
        _session.Status("Preparing");
        var started = _session.Start(meter: 1000)!;
        _session.Wait(TimeSpan.FromMinutes(1)).Sample(1500, started.OcppId, power: 7200);
        Assert.Equal(500, _session.State.Open!.EnergyWh);
        Assert.Equal(7200, _session.State.Open.PowerW);

        var stopped = _session.Wait(TimeSpan.FromMinutes(1)).Stop(started, 1800)!;

        Assert.Equal(800, stopped.EnergyWh);
        Assert.Equal(0, stopped.PowerW);
        Assert.Equal(TransactionFlags.None, stopped.Flags);
        Assert.False(stopped.ClosedBySystem);
        Assert.Null(_session.State.Open);
        Assert.Equal(stopped, _session.State.LastEnded);
    }

    [Fact]
    public void A_start_repeated_with_the_same_or_a_new_uniqueId_is_the_first_start()
    {
        var first = _session.Start("m1")!;
        var stamp = _session.Now;

        Assert.Equal(first.OcppId, _session.Wait(TimeSpan.FromSeconds(9)).Start("m1", stamp: stamp)!.OcppId);
        Assert.Equal(first.OcppId, _session.Start("m2", stamp: stamp)!.OcppId);
        Assert.Empty(_session.Effects);
        Assert.Single(_session.Stored);
    }

    [Fact]
    public void A_start_equal_to_a_stopped_one_is_new_unless_its_uniqueId_is_the_same()
    {
        var stamp = _session.Now;
        var first = _session.Start("m1")!;
        _session.Stop(first, 1000);

        Assert.Equal(first.Id, _session.Start("m1", stamp: stamp)!.Id);
        var second = _session.Start("m2", stamp: stamp)!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(1, second.Again);
    }

    [Fact]
    public void A_repeat_of_a_start_that_the_system_closed_is_still_the_first_start()
    {
        var stamp = _session.Now;
        var first = _session.Start("m1")!;
        _session.Wait(TimeSpan.FromHours(25)).Tick();
        Assert.True(_session.State.LastEnded!.ClosedBySystem);

        Assert.Equal(first.Id, _session.Start("m2", stamp: stamp)!.Id);
    }

    [Theory]
    [InlineData("2019-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:07Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void With_a_clock_that_was_never_set_only_the_uniqueId_tells_a_repeat(string stamp)
    {
        var at = DateTimeOffset.Parse(stamp, System.Globalization.CultureInfo.InvariantCulture);
        var first = _session.Start("m1", stamp: at)!;

        Assert.Equal(first.Id, _session.Start("m1", stamp: at)!.Id);
        Assert.NotEqual(first.Id, _session.Start("m2", stamp: at)!.Id);
    }

    [Fact]
    public void A_start_on_a_busy_connector_closes_the_forgotten_transaction_provisionally()
    {
        var forgotten = _session.Start("m1")!;
        _session.Wait(TimeSpan.FromMinutes(5)).Sample(1400, forgotten.OcppId);
        var sampledAt = _session.Now;

        var next = _session.Wait(TimeSpan.FromMinutes(5)).Start("m2", "OTHER", 1400)!;

        var closed = _session.Stored.Single(known => known.Id == forgotten.Id);
        Assert.True(closed.ClosedBySystem);
        Assert.Equal(400, closed.EnergyWh);
        Assert.Equal(1400, closed.MeterStop);
        Assert.Equal(sampledAt, closed.StoppedAt);
        Assert.True(closed.Flags.HasFlag(TransactionFlags.Estimated));
        Assert.Equal(next.Id, _session.State.Open!.Id);
        Assert.NotEqual(forgotten.OcppId, next.OcppId);
    }

    [Fact]
    public void A_genuine_stop_replaces_the_systems_end_and_says_so()
    {
        var forgotten = _session.Start("m1")!;
        _session.Start("m2", "OTHER", 2000);

        var corrected = _session.Wait(TimeSpan.FromMinutes(1)).Stop(forgotten, 1900)!;

        Assert.False(corrected.ClosedBySystem);
        Assert.Equal(900, corrected.EnergyWh);
        Assert.True(corrected.Flags.HasFlag(TransactionFlags.Corrected));
        Assert.False(corrected.Flags.HasFlag(TransactionFlags.Estimated));
        var effect = Assert.Single(_session.Effects.OfType<TransactionEnded>());
        Assert.True(effect.Replaced!.ClosedBySystem);
        Assert.NotNull(_session.State.Open);
    }

    [Fact]
    public void A_repeated_stop_changes_nothing()
    {
        var started = _session.Start()!;
        var stopped = _session.Stop(started, 1100);

        Assert.Equal(stopped, _session.Stop(started, 9999, "another-id"));
        Assert.Empty(_session.Effects);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(900d)]
    public void A_stop_without_a_usable_meter_takes_the_last_sample(double? meter)
    {
        var started = _session.Start(meter: 1000)!;
        _session.Sample(1650, started.OcppId);

        var stopped = _session.Stop(started, meter)!;

        Assert.Equal(650, stopped.EnergyWh);
        Assert.Equal(1650, stopped.MeterStop);
        Assert.True(stopped.Flags.HasFlag(TransactionFlags.Estimated));
    }

    [Fact]
    public void The_samples_that_come_with_a_stop_count_when_its_meter_is_unknown()
    {
        var started = _session.Start(meter: 1000)!;
        var reading = new Reading("Energy.Active.Import.Register", null, "Outlet", "Transaction.End", 1720, "Wh", "1720");
        var frame = new MeterFrame(Session.Connector, started.Id, "", "hash", _session.Now, [new Sample(_session.Now, "", [reading])]);

        var stopped = _session.Stop(started, null, frame: frame)!;

        Assert.Equal(720, stopped.EnergyWh);
        Assert.Single(_session.Effects.OfType<MeterRecorded>());
    }

    [Fact]
    public void A_stop_stamped_before_its_start_ends_at_receipt()
    {
        var started = _session.Start()!;
        var stopped = _session.Wait(TimeSpan.FromMinutes(3)).Stop(started, 1100, at: Session.Noon.AddHours(-1))!;

        Assert.Equal(_session.Now, stopped.StoppedAt);
        Assert.True(stopped.Flags.HasFlag(TransactionFlags.ReceiptTime));
    }

    [Fact]
    public void A_register_that_goes_back_is_flagged_and_never_makes_energy_fall()
    {
        var started = _session.Start(meter: 1000)!;
        _session.Sample(1600, started.OcppId);
        _session.Wait(TimeSpan.FromSeconds(10)).Sample(0, started.OcppId);

        Assert.Equal(600, _session.State.Open!.EnergyWh);
        Assert.True(_session.State.Open.Flags.HasFlag(TransactionFlags.RegisterWentBack));
    }

    [Fact]
    public void A_sample_older_than_the_last_keeps_the_present_power()
    {
        var started = _session.Start()!;
        _session.Wait(TimeSpan.FromMinutes(2)).Sample(1200, started.OcppId, power: 7000);
        _session.Sample(1100, started.OcppId, power: 50, at: _session.Now.AddMinutes(-1));

        Assert.Equal(7000, _session.State.Open!.PowerW);
        Assert.Equal(TransactionFlags.None, _session.State.Open.Flags);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void Samples_that_name_no_issued_transaction_belong_to_the_running_one(long? transaction)
    {
        _session.Start(meter: 1000);
        _session.Sample(1300, transaction);

        Assert.Equal(300, _session.State.Open!.EnergyWh);
        Assert.Equal(MeterFlags.None, Frame().Flags);
    }

    [Fact]
    public void Samples_of_a_stranger_are_kept_and_touch_no_session()
    {
        _session.Start(meter: 1000);
        _session.Sample(5000, 4711);

        Assert.Equal(0, _session.State.Open!.EnergyWh);
        Assert.Equal(0, Frame().TransactionId);
        Assert.Equal(MeterFlags.UnknownTransaction, Frame().Flags);
        Assert.Equal("4711", Assert.Single(_session.Effects.OfType<OrphanRecorded>()).RawTransaction);
    }

    [Fact]
    public void Samples_after_a_genuine_stop_are_history_only()
    {
        var started = _session.Start(meter: 1000)!;
        _session.Stop(started, 1500);
        _session.Sample(1700, started.OcppId);

        Assert.Equal(started.Id, Frame().TransactionId);
        Assert.Equal(MeterFlags.AfterStop, Frame().Flags);
        Assert.Equal(500, _session.State.LastEnded!.EnergyWh);
    }

    [Fact]
    public void Samples_after_a_provisional_end_move_the_estimate()
    {
        var started = _session.Start(meter: 1000)!;
        _session.Wait(TimeSpan.FromHours(25)).Tick();
        _session.Sample(1700, started.OcppId, power: 5000);

        Assert.Equal(700, _session.State.LastEnded!.EnergyWh);
        Assert.Equal(1700, _session.State.LastEnded.MeterStop);
        Assert.Equal(0, _session.State.LastEnded.PowerW);
    }

    [Fact]
    public void Available_closes_an_open_transaction_only_after_its_grace()
    {
        _session.Status("Charging");
        _session.Start();
        _session.Status("Available");

        _session.Wait(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1)).Tick();
        Assert.NotNull(_session.State.Open);
        _session.Wait(TimeSpan.FromSeconds(1)).Tick();
        Assert.True(_session.State.LastEnded!.ClosedBySystem);
        Assert.Null(_session.State.Open);
    }

    [Fact]
    public void A_charger_that_samples_while_it_says_Available_is_alive()
    {
        _session.Status("Available");
        var started = _session.Start()!;
        for (var minute = 0; minute < 20; minute++)
        {
            _session.Wait(TimeSpan.FromMinutes(1)).Sample(1000 + minute, started.OcppId);
            _session.Tick();
        }

        Assert.NotNull(_session.State.Open);
    }

    [Fact]
    public void Silence_of_a_day_closes_a_transaction_whatever_the_status()
    {
        _session.Status("Charging");
        _session.Start();
        Assert.Equal(_session.Now.AddHours(24), SessionMachine.NextDue(_session.State, SessionPolicy.Default));

        _session.Wait(TimeSpan.FromHours(24)).Tick();
        Assert.Null(_session.State.Open);
    }

    [Fact]
    public void A_status_that_repeats_itself_is_no_news()
    {
        _session.Status("Faulted", "GroundFailure");
        var since = _session.State.Status.ReceivedAt;
        _session.Wait(TimeSpan.FromMinutes(1)).Status("Faulted", "GroundFailure");
        Assert.Empty(_session.Effects);
        Assert.Equal(since, _session.State.Status.ReceivedAt);

        _session.Status("Faulted", "OverCurrentFailure");
        Assert.Single(_session.Effects.OfType<StatusRecorded>());
    }

    [Fact]
    public void An_offline_queue_keeps_its_own_times_and_never_merges_sessions()
    {
        var one = _session.Start("m1", meter: 0, stamp: Session.Noon.AddHours(-5))!;
        _session.Stop(one, 100, at: Session.Noon.AddHours(-4));
        var two = _session.Start("m2", meter: 100, stamp: Session.Noon.AddHours(-3))!;
        _session.Stop(two, 400, at: Session.Noon.AddHours(-2));

        Assert.Equal([100d, 300d], _session.Stored.Select(known => known.EnergyWh));
        Assert.Equal(Session.Noon.AddHours(-5), _session.Stored[0].StartedAt);
        Assert.Equal(Session.Noon.AddHours(-2), _session.Stored[1].StoppedAt);
        Assert.NotEqual(one.OcppId, two.OcppId);
    }

    [Fact]
    public void A_start_with_a_refused_tag_is_kept_and_flagged()
    {
        var started = _session.Start(authorized: false)!;
        Assert.True(started.OcppId > 0);
        Assert.True(started.Flags.HasFlag(TransactionFlags.NotAuthorized));
    }

    private MeterFrame Frame() => _session.Effects.OfType<MeterRecorded>().Single().Frame;
}
