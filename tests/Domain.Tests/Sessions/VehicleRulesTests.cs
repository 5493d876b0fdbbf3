using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

public sealed class VehicleRulesTests
{
    private readonly Session _session = new();

    [Fact]
    public void A_vehicle_that_identifies_itself_while_it_charges_is_named_on_the_transaction()
    {
        _session.Start();

        _session.Identify("zoe");

        Assert.Equal("zoe", Assert.Single(_session.Stored).Vehicle);
        Assert.True(_session.Stored[0].Flags.HasFlag(TransactionFlags.VehicleIdentified));
        Assert.Equal(2, _session.Stored[0].Version);
    }

    [Fact]
    public void The_first_word_counts()
    {
        _session.Start();
        _session.Identify("zoe");

        Assert.Empty(_session.Identify("leaf").Effects);

        Assert.Equal("zoe", Assert.Single(_session.Stored).Vehicle);
    }

    [Fact]
    public void A_vehicle_that_identifies_itself_before_the_start_waits_for_it_and_for_one_only()
    {
        Assert.Empty(_session.Identify("zoe").Effects);

        var first = _session.Wait(TimeSpan.FromMinutes(10)).Start()!;
        _session.Stop(first, 2000);
        var second = _session.Wait(TimeSpan.FromMinutes(1)).Start("m2")!;

        Assert.Equal(("zoe", TransactionFlags.VehicleIdentified), (first.Vehicle, first.Flags));
        Assert.Equal((null, TransactionFlags.None), (second.Vehicle, second.Flags));
    }

    [Fact]
    public void Nobody_waits_longer_than_ten_minutes()
    {
        _session.Identify("zoe");

        Assert.Null(_session.Wait(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1)).Start()!.Vehicle);
    }

    [Fact]
    public void A_vehicle_that_left_waits_no_more()
    {
        _session.Status("Preparing");
        _session.Identify("zoe");
        _session.Wait(TimeSpan.FromSeconds(5)).Status("Available");

        Assert.Null(_session.Start()!.Vehicle);
    }

    [Fact]
    public void A_start_that_was_kept_while_offline_takes_no_vehicle_that_waits_now()
    {
        _session.Identify("zoe");

        var late = _session.Start(stamp: Session.Noon.AddHours(-2))!;
        _session.Stop(late, 2000);
        var next = _session.Start("m2")!;

        Assert.Null(late.Vehicle);
        Assert.Equal("zoe", next.Vehicle);
    }

    [Theory]
    [InlineData("Available")]
    [InlineData("Preparing")]
    public void A_vehicle_at_a_connector_whose_stop_was_lost_waits_for_the_next_transaction(string status)
    {
        var forgotten = _session.Start()!;
        _session.Wait(TimeSpan.FromMinutes(1)).Status(status);

        _session.Identify("zoe");

        Assert.Null(Assert.Single(_session.Stored).Vehicle);
        Assert.Equal("zoe", _session.Start("m2")!.Vehicle);
        Assert.Null(_session.Stored.Single(known => known.Id == forgotten.Id).Vehicle);
    }

    [Fact]
    public void A_word_before_the_charger_says_that_it_charges_is_for_the_transaction_that_began()
    {
        _session.Status("Preparing");
        _session.Wait(TimeSpan.FromSeconds(1)).Start();

        _session.Identify("zoe");

        Assert.Equal("zoe", Assert.Single(_session.Stored).Vehicle);
    }
}
