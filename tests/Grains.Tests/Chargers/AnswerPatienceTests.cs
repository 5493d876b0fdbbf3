using EvCharge.Contracts.Chargers;
using EvCharge.Grains.Chargers;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GrainsTests.Chargers;

public sealed class AnswerPatienceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<OcppFrame?> _answer = new();
    private readonly AnswerPatience _patience;

    public AnswerPatienceTests() => _patience = new AnswerPatience(new ChargerOptions(), _time);

    [Fact]
    public async Task A_command_is_given_its_time_while_nothing_hurries()
    {
        var waiting = _patience.Wait(_answer.Task, hurries: false);
        Pass(29.9);
        Assert.False(waiting.IsCompleted);
        Pass(0.1);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task What_is_urgent_is_not_waited_for_as_long()
    {
        var waiting = _patience.Wait(_answer.Task, hurries: true);
        Pass(4.9);
        Assert.False(waiting.IsCompleted);
        Pass(0.1);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(12, 0)]
    public async Task A_command_ends_sooner_when_something_urgent_comes_behind_it(double after, double left)
    {
        var waiting = _patience.Wait(_answer.Task, hurries: false);
        Pass(after);
        _patience.Hurry();
        if (left > 0)
        {
            Pass(left - 0.1);
            Assert.False(waiting.IsCompleted);
            Pass(0.1);
        }

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Theory]
    [InlineData(8, 12)]
    [InlineData(28, 30)]
    [InlineData(1, 5)]
    public async Task A_charger_that_answered_late_is_given_longer(double late, double patience)
    {
        _patience.Missed(_time.GetUtcNow().AddSeconds(-late));
        var waiting = _patience.Wait(_answer.Task, hurries: true);
        Pass(patience - 0.1);
        Assert.False(waiting.IsCompleted);
        Pass(0.1);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task An_answer_in_time_is_handed_on_and_a_lost_connection_is_none()
    {
        var waiting = _patience.Wait(_answer.Task, hurries: false);
        _patience.Hurry();
        Pass(4);
        _answer.SetResult(null);
        Assert.Null(await waiting);
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
