using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;

namespace EvCharge.DomainTests.Reservations;

public sealed class ReservationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Reservation Requested = new()
    {
        Charger = new ChargerId(TenantId.Default, "CP1"),
        Id = 7,
        Connector = 1,
        IdTag = new IdTag("TAG"),
        ParentIdTag = new IdTag("GROUP"),
        Expiry = Now.AddHours(1),
        RequestedBy = "x",
        RequestedAt = Now,
    };

    private static readonly Reservation Accepted = Requested.Answered("Accepted", Now);

    [Theory]
    [InlineData("Accepted", ReservationStatus.Accepted)]
    [InlineData("Faulted", ReservationStatus.Refused)]
    [InlineData("Occupied", ReservationStatus.Refused)]
    [InlineData("Rejected", ReservationStatus.Refused)]
    [InlineData("Unavailable", ReservationStatus.Refused)]
    public void The_charger_says_whether_it_holds_the_connector(string answer, ReservationStatus status)
    {
        var answered = Requested.Answered(answer, Now);
        Assert.Equal((status, answer), (answered.Status, answered.Outcome));
        Assert.Equal(status == ReservationStatus.Accepted, answered.EndedAt is null);
    }

    [Fact]
    public void A_late_yes_revives_what_failed_and_nothing_else()
    {
        var failed = Requested.NotAnswered("timeout", Now);
        Assert.Equal((ReservationStatus.Failed, "timeout"), (failed.Status, failed.Outcome));
        Assert.Equal(ReservationStatus.Accepted, failed.Answered("Accepted", Now).Status);
        Assert.Equal(ReservationStatus.Cancelled, Accepted.Forgotten(Now).Answered("Accepted", Now).Status);
        Assert.Equal(ReservationStatus.Accepted, Accepted.NotAnswered("offline", Now).Status);
    }

    [Theory]
    [InlineData("timeout", true)]
    [InlineData("unknown", true)]
    [InlineData("offline", false)]
    [InlineData("error", false)]
    [InlineData("queueFull", false)]
    public void What_the_charger_may_hold_can_be_cancelled(string why, bool may)
    {
        var cancelled = Requested.NotAnswered(why, Now).Cancel(Now);

        Assert.Equal(may, cancelled is { Cancelling: true, IsOpen: true, EndedAt: null });
        Assert.Equal(may, cancelled is not null);
        Assert.True(Accepted.Cancel(Now)!.Cancelling);
        Assert.Null(Accepted.Cancel(Accepted.Expiry));
        Assert.Null(Accepted.Forgotten(Now).Cancel(Now));
    }

    [Fact]
    public void One_that_the_charger_does_not_take_again_after_a_boot_is_lost()
    {
        Assert.Equal(ReservationStatus.Accepted, Accepted.Answered("Accepted", Now).Status);
        var lost = Accepted.Answered("Occupied", Now);
        Assert.Equal((ReservationStatus.Lost, "Occupied"), (lost.Status, lost.Outcome));
    }

    [Fact]
    public void Time_alone_ends_it()
    {
        Assert.Equal(ReservationStatus.Accepted, Accepted.At(Accepted.Expiry.AddTicks(-1)).Status);
        var expired = Accepted.At(Accepted.Expiry.AddDays(1));
        Assert.Equal((ReservationStatus.Expired, Accepted.Expiry), (expired.Status, expired.EndedAt));
        Assert.Equal(ReservationStatus.Used, Accepted.Used(1, Now).At(Accepted.Expiry).Status);
    }

    [Theory]
    [InlineData(1, "tag", null, null, true)]
    [InlineData(1, "OTHER", "group", null, true)]
    [InlineData(1, "OTHER", null, null, false)]
    [InlineData(2, "TAG", null, null, false)]
    [InlineData(2, "OTHER", null, 7L, true)]
    [InlineData(1, "TAG", null, 8L, false)]
    public void A_transaction_uses_the_one_that_it_names_or_that_its_tag_is_awaited_by(
        int connector, string tag, string? parent, long? named, bool uses) =>
        Assert.Equal(uses, Accepted.IsMeantBy(new ReservationUse(
            connector, new IdTag(tag), parent is null ? null : new IdTag(parent), named, Now, 1)));

    [Fact]
    public void One_for_any_connector_is_used_on_any_and_only_in_its_time()
    {
        var any = Accepted with { Connector = 0 };
        Assert.True(any.IsMeantBy(new ReservationUse(2, any.IdTag, null, null, Now, 1)));
        Assert.False(any.IsMeantBy(new ReservationUse(2, any.IdTag, null, null, any.Expiry, 1)));
    }

    [Fact]
    public void It_blocks_its_connector_for_other_tags_while_it_is_open()
    {
        Assert.True(Requested.Blocks(1, new IdTag("OTHER"), Now));
        Assert.False(Requested.Blocks(1, new IdTag("tag"), Now));
        Assert.False(Requested.Blocks(2, new IdTag("OTHER"), Now));
        Assert.False(Requested.Blocks(1, new IdTag("OTHER"), Requested.Expiry));
        Assert.False((Accepted with { Connector = 0 }).Blocks(0, new IdTag("OTHER"), Now));
        Assert.False(Accepted.Forgotten(Now).Blocks(1, new IdTag("OTHER"), Now));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1L + int.MaxValue, 1)]
    public void Its_number_on_the_wire_is_a_positive_int32(long id, int ocppId) => Assert.Equal(ocppId, (Requested with { Id = id }).OcppId);
}
