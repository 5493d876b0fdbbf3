using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;

namespace EvCharge.DomainTests.Commissioning;

public sealed class CommissioningReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly CommissioningReport Fresh = CommissioningReport.New(new ChargerId(new TenantId("default"), "CP1"), 1, 6, "anna", Now);

    [Fact]
    public void Steps_are_taken_in_their_order_and_all_that_pass_are_a_test_that_passed()
    {
        var (report, taken) = (Fresh, new List<CommissioningStep>());
        while (report.Next is { } step)
        {
            taken.Add(step);
            report = report.Begun(step, Now).Ended(step, StepVerdict.Passed("seen"), Now.AddSeconds(taken.Count));
        }

        Assert.Equal(Enum.GetValues<CommissioningStep>(), taken);
        var closed = report.Closed(Now.AddMinutes(1));
        Assert.Equal((CommissioningStatus.Passed, Now.AddMinutes(1)), (closed.Status, closed.EndedAt));
        Assert.Equal(new StepReport(CommissioningStep.Boot, StepOutcome.Passed, null, "seen", Now, Now.AddSeconds(2)), closed.Steps[1]);
    }

    [Theory]
    [InlineData(CommissioningStep.Connect, 9)]
    [InlineData(CommissioningStep.Boot, 0)]
    [InlineData(CommissioningStep.Start, 3)]
    [InlineData(CommissioningStep.MeterValues, 0)]
    [InlineData(CommissioningStep.Return, 0)]
    public void What_cannot_be_seen_after_a_step_that_failed_is_left_out(CommissioningStep failing, int skipped)
    {
        var report = Fresh;
        while (report.Next is { } step)
        {
            report = report.Begun(step, Now).Ended(step, step == failing ? StepVerdict.Failed(StepReason.Refused) : StepVerdict.Passed(), Now);
        }

        Assert.Equal(skipped, report.Steps.Count(told => told is { Outcome: StepOutcome.Skipped, Why: StepReason.StepBefore }));
        Assert.Equal(9 - skipped, report.Steps.Count(told => told.Outcome == StepOutcome.Passed));
        Assert.Equal(CommissioningStatus.Failed, report.Closed(Now).Status);
    }

    [Theory]
    [InlineData(CommissioningStatus.Cancelled)]
    [InlineData(CommissioningStatus.Interrupted)]
    public void One_that_ends_before_its_end_says_how_far_it_came(CommissioningStatus how)
    {
        var closed = Fresh.Begun(CommissioningStep.Connect, Now).Ended(CommissioningStep.Connect, StepVerdict.Passed(), Now)
            .Begun(CommissioningStep.Boot, Now).Closed(Now.AddSeconds(5), how);

        Assert.Equal(how, closed.Status);
        Assert.Null(closed.Next);
        Assert.Equal(new StepReport(CommissioningStep.Boot, StepOutcome.Skipped, StepReason.NotReached, null, Now, Now.AddSeconds(5)), closed.Steps[1]);
        Assert.Equal(new StepReport(CommissioningStep.Keys, StepOutcome.Skipped, StepReason.NotReached), closed.Steps[2]);
    }

    [Fact]
    public void Of_each_make_model_and_firmware_the_newest_word_on_each_step_counts()
    {
        var old = Tested("CP1", "1.0", Now, CommissioningStep.MeterValues);
        var newer = Tested("CP2", "1.0", Now.AddDays(1), CommissioningStep.Start);
        var other = Tested("CP3", "2.0", Now.AddDays(2), null);
        var cancelled = Tested("CP4", "2.0", Now.AddDays(3), CommissioningStep.Boot) with { Status = CommissioningStatus.Cancelled };
        var nameless = Tested("CP5", "2.0", Now.AddDays(3), CommissioningStep.Boot) with { Vendor = null };

        var list = Compatibility.Of([old, newer, other, cancelled, nameless]);

        Assert.Equal([("2.0", 1), ("1.0", 2)], list.Select(entry => (entry.Firmware!, entry.Chargers)));
        Assert.All(list[0].Steps, step => Assert.Equal(StepOutcome.Passed, step.Outcome));
        Assert.Equal(StepOutcome.Failed, list[1].Steps[(int)CommissioningStep.Start].Outcome);
        Assert.Equal(StepOutcome.Failed, list[1].Steps[(int)CommissioningStep.MeterValues].Outcome); // the newer could not see it
        Assert.Equal(Now.AddDays(1), list[1].At);
    }

    [Theory]
    [InlineData(6, 6, true)]
    [InlineData(7.1, 6, true)]
    [InlineData(7.2, 6, false)]
    [InlineData(0, 6, true)]
    public void A_vehicle_keeps_to_a_limit_within_what_meters_and_regulation_are_off(double drawn, double limit, bool keeps) =>
        Assert.Equal(keeps, LimitTrial.Keeps(drawn, limit));

    [Fact]
    public void What_is_drawn_is_the_greatest_current_or_the_power_over_three_phases_or_not_known()
    {
        Assert.Equal(12, LimitTrial.Drawn(Summary(power: 9_000, 11, 12, null)));
        Assert.Equal(10, LimitTrial.Drawn(Summary(power: 6_900, null, null, null)));
        Assert.Null(LimitTrial.Drawn(Summary(power: null, null, null, null)));
    }

    private static MeterSummary Summary(double? power, params double?[] currents) => new(1, power, currents, [null, null, null], null, null);

    private static CommissioningReport Tested(string charger, string firmware, DateTimeOffset at, CommissioningStep? failing)
    {
        var report = Fresh with { Charger = new ChargerId(new TenantId("default"), charger), Vendor = "Example", Model = "One", Firmware = firmware };
        while (report.Next is { } step)
        {
            report = report.Begun(step, at).Ended(step, step == failing ? StepVerdict.Failed(StepReason.Refused) : StepVerdict.Passed(), at);
        }

        return report.Closed(at);
    }
}
