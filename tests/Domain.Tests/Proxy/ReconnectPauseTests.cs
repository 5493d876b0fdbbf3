using EvCharge.Domain.Proxy;

namespace EvCharge.DomainTests.Proxy;

public sealed class ReconnectPauseTests
{
    private static readonly ReconnectPause Pause = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(int.MaxValue, 300)]
    public void A_pause_doubles_up_to_the_longest(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Pause.After(failures, luck: 0.5));

    [Fact]
    public void Pauses_are_spread_from_half_to_one_and_a_half()
    {
        Assert.Equal(TimeSpan.FromSeconds(150), Pause.After(10, luck: 0));
        Assert.Equal(TimeSpan.FromSeconds(450), Pause.After(10, luck: 1));
    }
}
