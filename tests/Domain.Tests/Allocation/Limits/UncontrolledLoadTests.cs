using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.DomainTests.Allocation.Limits;

/// <summary>What others than vehicles take.</summary>
public sealed class UncontrolledLoadTests
{
    private static readonly UncontrolledLoadPolicy _policy = new() { WorstCase = 80 };
    private static readonly UncontrolledLoadPolicy _withGeneration = _policy with { UsesGeneration = true };
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void It_rises_at_once_and_falls_after_a_minute()
    {
        var load = Read((0, 10), (10, 40), (20, 5));

        Assert.Equal(40, load.At(At(20), _policy));
        Assert.Equal(40, load.At(At(70), _policy));
        Assert.Equal(5, load.At(At(71), _policy));
    }

    [Fact]
    public void Without_readings_the_worst_is_counted()
    {
        Assert.Equal(80, UncontrolledLoad.Unknown.At(_start, _policy));
        Assert.Equal(10, Read((0, 10)).At(At(120), _policy));
        Assert.Equal(80, Read((0, 10)).At(At(121), _policy));
    }

    [Fact]
    public void What_is_generated_counts_only_where_it_may_be_used_and_only_the_least_of_it()
    {
        var load = Read((0, -30), (10, -10), (20, -50));

        Assert.Equal(0, load.At(At(20), _policy));
        Assert.Equal(-10, load.At(At(20), _withGeneration));
        Assert.Equal(-50, load.At(At(71), _withGeneration));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_no_reading(double reading) =>
        Assert.Equal(80, Read((0, 10)).Measured(reading, At(100), _policy).At(At(130), _policy));

    [Fact]
    public void A_reading_that_comes_late_changes_nothing() =>
        Assert.Equal(10, Read((20, 10)).Measured(70, At(10), _policy).At(At(20), _policy));

    private static UncontrolledLoad Read(params (int Second, double Value)[] readings) =>
        readings.Aggregate(UncontrolledLoad.Unknown, (load, reading) => load.Measured(reading.Value, At(reading.Second), _policy));

    private static DateTimeOffset At(int second) => _start + TimeSpan.FromSeconds(second);
}
