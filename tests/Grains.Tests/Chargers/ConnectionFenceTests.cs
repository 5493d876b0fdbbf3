using EvCharge.Contracts.Chargers;
using EvCharge.Grains.Chargers;

namespace EvCharge.GrainsTests.Chargers;

public sealed class ConnectionFenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IGatewayObserver Gateway = new RecordingGateway();
    private readonly ConnectionFence _fence = new();

    [Fact]
    public void A_fresh_connection_always_wins_with_a_higher_epoch()
    {
        Assert.True(_fence.TryBind(Fresh(), Gateway, Now));
        var first = _fence.Current!.Epoch;
        Assert.Null(_fence.Superseded);

        Assert.True(_fence.TryBind(Fresh(), Gateway, Now));
        Assert.True(_fence.Current.Epoch.Value > first.Value);
        Assert.Equal(first, _fence.Superseded!.Epoch);
    }

    [Fact]
    public void A_clock_that_went_back_an_hour_gives_a_higher_epoch_still()
    {
        _fence.TryBind(Fresh(), Gateway, Now);
        var first = _fence.Current!.Epoch;
        _fence.TryBind(Fresh(), Gateway, Now.AddHours(-1));
        Assert.True(_fence.Current.Epoch.Value > first.Value);
    }

    [Fact]
    public void A_late_release_of_an_old_connection_changes_nothing()
    {
        _fence.TryBind(Fresh(), Gateway, Now);
        var old = _fence.Current!.Epoch;
        _fence.TryBind(Fresh(), Gateway, Now);

        Assert.False(_fence.TryRelease(old));
        Assert.NotNull(_fence.Current);
        Assert.True(_fence.TryRelease(_fence.Current.Epoch));
        Assert.Null(_fence.Current);
    }

    [Fact]
    public void An_activation_that_forgot_takes_the_highest_epoch_that_is_bound_again()
    {
        Assert.True(_fence.TryBind(Again(500), Gateway, Now));
        Assert.False(_fence.TryBind(Again(400), Gateway, Now));
        Assert.True(_fence.TryBind(Again(600), Gateway, Now));
        Assert.Equal(500, _fence.Superseded!.Epoch.Value);
        Assert.Equal(600, _fence.Current!.Epoch.Value);
    }

    [Fact]
    public void A_connection_bound_again_never_wins_over_a_fresh_one()
    {
        _fence.TryBind(Fresh(), Gateway, Now);
        var fresh = _fence.Current!.Epoch;

        Assert.False(_fence.TryBind(Again(fresh.Value + 1_000_000), Gateway, Now));
        Assert.True(_fence.TryBind(Again(fresh.Value), Gateway, Now));
        Assert.Null(_fence.Superseded);
    }

    [Fact]
    public void A_connection_that_is_gone_cannot_be_bound_again()
    {
        _fence.TryBind(Again(500), Gateway, Now);
        _fence.TryRelease(new Epoch(500));
        Assert.False(_fence.TryBind(Again(500), Gateway, Now));

        // Nor by an activation that hears of its end before it hears of it at all.
        var later = new ConnectionFence();
        Assert.True(later.TryRelease(new Epoch(500)));
        Assert.False(later.TryBind(Again(500), Gateway, Now));
        Assert.True(later.TryBind(Again(501), Gateway, Now));
    }

    [Fact]
    public void A_release_that_comes_after_that_of_a_newer_connection_says_nothing()
    {
        _fence.TryRelease(new Epoch(500));
        Assert.False(_fence.TryRelease(new Epoch(400)));
        Assert.False(_fence.TryRelease(new Epoch(500)));
    }

    [Fact]
    public void A_silent_connection_that_was_given_up_may_be_bound_again_as_long_as_no_newer_one_came()
    {
        _fence.TryBind(Fresh(), Gateway, Now);
        var silent = _fence.Current!.Epoch.Value;
        _fence.Forget();
        Assert.Null(_fence.Current);
        Assert.True(_fence.TryBind(Again(silent), Gateway, Now));

        _fence.Forget();
        _fence.TryBind(Fresh(), Gateway, Now);
        Assert.False(_fence.TryBind(Again(silent), Gateway, Now));
    }

    [Fact]
    public void A_fresh_connection_comes_out_above_what_is_on_record_and_what_its_gateway_has_seen()
    {
        var ahead = Now.AddHours(1);
        _fence.Learn(ahead);
        _fence.TryBind(Fresh(), Gateway, Now);
        Assert.Equal(ahead.ToUnixTimeMilliseconds() + 1, _fence.Current!.Epoch.Value);

        var seen = ahead.AddHours(1).ToUnixTimeMilliseconds();
        _fence.TryBind(Fresh() with { Known = new Epoch(seen) }, Gateway, Now);
        Assert.Equal(seen + 1, _fence.Current.Epoch.Value);
    }

    private static AttachRequest Fresh() => new(default, false, "ocpp1.6", "a");

    private static AttachRequest Again(long epoch) => new(new Epoch(epoch), true, "ocpp1.6", "b");
}
