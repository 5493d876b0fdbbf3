using EvCharge.Domain.Frames;

namespace EvCharge.DomainTests.Frames;

public sealed class FramePairingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(FrameStatus.Answered, FrameStatus.Answered)]
    [InlineData(FrameStatus.Failed, FrameStatus.Failed)]
    [InlineData(FrameStatus.Unsent, FrameStatus.Unanswered)]
    public void A_call_takes_the_outcome_of_its_answer(FrameStatus answer, FrameStatus call)
    {
        var settled = FramePairing.Settle([Call(7, 1), Call(7, 2), Answer(7, 3, to: 1, answer)]);

        Assert.Equal((call, 3, 12), (settled[0].Status, settled[0].PairedWith, settled[0].LatencyMs));
        Assert.Equal((FrameStatus.Unanswered, null), (settled[1].Status, settled[1].PairedWith));
        Assert.Equal(Answer(7, 3, to: 1, answer), settled[2]);
    }

    [Fact]
    public void An_answer_of_another_connection_is_none()
    {
        var settled = FramePairing.Settle([Call(7, 1), Answer(8, 3, to: 1, FrameStatus.Answered)]);

        Assert.Equal(FrameStatus.Unanswered, settled[0].Status);
    }

    private static LoggedFrame Call(long connection, int number) =>
        new(connection, number, Noon, FrameDirection.In, LoggedKind.Call, "id", "Heartbeat", default, FrameStatus.Unanswered);

    private static LoggedFrame Answer(long connection, int number, int to, FrameStatus status) =>
        new(connection, number, Noon, FrameDirection.Out, LoggedKind.CallResult, "id", "Heartbeat", default, status) { PairedWith = to, LatencyMs = 12 };
}
