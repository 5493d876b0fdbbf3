using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>Whether a charger is believed, by what its vehicle draws.</summary>
public sealed class TrustTests
{
    private const double Most = 32;
    private static readonly TrustPolicy _policy = new();
    private static readonly TrustPolicy _strict = new() { Strict = true };
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void What_meters_may_get_wrong_is_no_offence()
    {
        var trust = Trust.Untried.Measured(10.9, new InForce(10), _now, _policy);

        Assert.False(trust.Doubts(_policy));
        Assert.Equal(10, trust.Reserve(10, Most, drawn: 0, _policy));
    }

    [Fact]
    public void What_is_drawn_above_the_limit_is_counted_at_once()
    {
        var trust = Trust.Untried.Measured(20, new InForce(10), _now, _policy);

        Assert.True(trust.Doubts(_policy));
        Assert.False(trust.IsDistrusted);
        Assert.Equal(21, trust.Reserve(10, Most, drawn: 0, _policy));
        Assert.False(trust.Measured(9, new InForce(10), _now, _policy).Doubts(_policy));
    }

    [Fact]
    public void Twice_in_a_row_is_distrusted_and_counted_by_the_most_it_ever_drew()
    {
        var trust = Twice(20, new InForce(10));

        Assert.True(trust.IsDistrusted);
        var obedient = trust.Measured(6, new InForce(6), _now + TimeSpan.FromMinutes(1), _policy);
        Assert.True(obedient.IsDistrusted);
        Assert.Equal(12, obedient.Reserve(6, Most, drawn: 0, _policy));
        Assert.Equal(Most, obedient.Reserve(30, Most, drawn: 0, _policy));
    }

    [Fact]
    public void It_is_tried_again_after_ten_minutes()
    {
        var trust = Twice(20, new InForce(10));

        Assert.True(trust.Measured(6, new InForce(6), _now + TimeSpan.FromMinutes(9.9), _policy).IsDistrusted);
        Assert.False(trust.Measured(6, new InForce(6), _now + TimeSpan.FromMinutes(10), _policy).IsDistrusted);
    }

    [Fact]
    public void What_it_draws_while_it_comes_down_is_no_offence()
    {
        var comesDown = new InForce(20).Sending(10).Accepted(_now, TimeSpan.FromSeconds(20));

        Assert.False(Trust.Untried.Measured(20, comesDown, _now, _policy).Doubts(_policy));
    }

    [Fact]
    public void With_strict_trust_it_counts_with_all_until_it_was_seen_to_come_down()
    {
        Assert.Equal(Most, Trust.Untried.Reserve(10, Most, drawn: 0, _strict));

        var comesDown = new InForce(20).Sending(10).Accepted(_now, TimeSpan.FromSeconds(20));
        var before = Trust.Untried.Measured(20, comesDown, _now, _strict);
        Assert.False(before.IsProven);

        var proven = before.Measured(10, comesDown, _now, _strict);
        Assert.Equal(10, proven.Reserve(10, Most, drawn: 0, _strict));
    }

    [Fact]
    public void Or_to_draw_more_when_it_may_than_when_it_might_not()
    {
        var low = Trust.Untried.Measured(6, new InForce(6), _now, _strict);
        Assert.False(low.IsProven);
        Assert.Equal(6, low.Followed);

        Assert.True(low.Measured(16, new InForce(32), _now, _strict).IsProven);
        Assert.False(low.Measured(7, new InForce(32), _now, _strict).IsProven);
    }

    private static Trust Twice(double current, InForce inForce) =>
        Trust.Untried.Measured(current, inForce, _now, _policy).Measured(current, inForce, _now, _policy);
}
