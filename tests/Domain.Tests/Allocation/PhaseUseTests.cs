using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

public sealed class PhaseUseTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_terminal_that_carries_nothing_is_given_up_after_three_measurements_and_a_minute()
    {
        var use = PhaseUse.Unknown;
        foreach (var (second, terminals) in ((int, Phases)[])[(0, Phases.All), (30, Phases.All), (59, Phases.All), (60, Phases.L1)])
        {
            use = use.Measured([16, 0.1, 0], Start.AddSeconds(second));
            Assert.Equal(terminals, use.Terminals);
        }
    }

    [Fact]
    public void Three_measurements_are_needed_however_long_they_take()
    {
        var use = PhaseUse.Unknown.Measured([16, 0, 0], Start).Measured([16, 0, 0], Start.AddMinutes(10));
        Assert.Equal(Phases.All, use.Terminals);
        Assert.Equal(Phases.L1, use.Measured([16, 0, 0], Start.AddMinutes(20)).Terminals);
    }

    [Fact]
    public void It_is_taken_back_with_the_first_current_on_it()
    {
        Assert.Equal(Phases.L1 | Phases.L3, OnOne().Measured([16, 0, 1.2], Start.AddMinutes(2)).Terminals);
        Assert.Equal(Phases.L1, OnOne().Measured([16, 0, 0.9], Start.AddMinutes(2)).Terminals); // The error of a meter.
    }

    [Theory]
    [InlineData(2.9, 0.0)] // It does not charge: it may begin on three phases.
    [InlineData(16.0, 0.6)]
    [InlineData(16.0, null)]
    [InlineData(null, 0.0)]
    public void What_does_not_show_it_begins_the_count_anew(double? first, double? other)
    {
        var use = PhaseUse.Unknown.Measured([16, 0, 0], Start).Measured([16, 0, 0], Start.AddSeconds(30));

        use = use.Measured([first, other, other], Start.AddSeconds(61)).Measured([16, 0, 0], Start.AddSeconds(70));

        Assert.Equal(Phases.All, use.Terminals);
    }

    [Fact]
    public void Measurements_of_other_than_three_terminals_say_nothing()
    {
        Assert.Equal(Phases.L1, OnOne().Measured([16], Start.AddMinutes(2)).Terminals);
        Assert.Equal(Phases.L1, OnOne().Measured([], Start.AddMinutes(2)).Terminals);
    }

    private static PhaseUse OnOne() =>
        PhaseUse.Unknown.Measured([16, 0, 0], Start).Measured([16, 0, 0], Start.AddSeconds(30)).Measured([16, 0, 0], Start.AddSeconds(60));
}
