using EvCharge.Gateway.Ocpp;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Ocpp;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class UnansweredFramesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly FakeTimeProvider _time = new();
    private readonly UnansweredFrames _frames;

    public UnansweredFramesTests() => _frames = new UnansweredFrames(_time);

    [Theory]
    [InlineData("StartTransaction")]
    [InlineData("StopTransaction")]
    [InlineData("MeterValues")]
    public void The_first_transaction_message_without_an_answer_counts_from_its_receipt(string action)
    {
        _frames.Unanswered(action, _time.GetTimestamp());
        _time.Advance(Patience / 2);
        _frames.Unanswered(action, _time.GetTimestamp());
        Assert.False(_frames.IsFor(Patience));
        _time.Advance(Patience / 2);
        Assert.True(_frames.IsFor(Patience));
    }

    [Fact]
    public void A_later_one_that_was_answered_ends_the_wait()
    {
        _frames.Unanswered("MeterValues", _time.GetTimestamp());
        _frames.Answered("StopTransaction");
        _time.Advance(Patience);
        Assert.False(_frames.IsFor(Patience));
    }

    [Fact]
    public void Other_messages_do_not_count_and_their_answers_end_nothing()
    {
        _frames.Unanswered("Heartbeat", _time.GetTimestamp());
        _time.Advance(Patience);
        Assert.False(_frames.IsFor(Patience));

        _frames.Unanswered("MeterValues", _time.GetTimestamp());
        _frames.Answered("Heartbeat");
        _time.Advance(Patience);
        Assert.True(_frames.IsFor(Patience));
    }
}
