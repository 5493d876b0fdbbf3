using System.Collections.Immutable;
using CsCheck;
using EvCharge.Domain.Metering;
using EvCharge.History.Sessions;

namespace EvCharge.HistoryTests.Sessions;

public sealed class SamplePackingTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "Energy.Active.Import.Register", "L1", "Outlet", "Sample.Periodic", "Wh", "", "\0\u001f\"\\<>'é漢\ud83d\ude97");

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double[-1e6, 1e6], Gen.OneOf(0d, -0d, double.Epsilon, double.MaxValue, double.MinValue, 0.1 + 0.2));

    private static readonly Gen<Reading> Readings = Gen.Select(
        Word, Word.Null(), Word, Word, Number.Nullable(), Word.Null(), Gen.String[0, 40],
        (measurand, phase, location, context, value, unit, raw) =>
            new Reading(measurand, phase, location, context, value, unit, raw.Replace('\ud800', ' ')));

    private static readonly Gen<Sample> Samples = Gen.Select(
        Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks], Word, Readings.Array[0, 5],
        (ticks, stamp, readings) => new Sample(new DateTimeOffset(ticks, TimeSpan.Zero), stamp, [.. readings]));

    [Fact]
    public void Samples_are_read_back_exactly() =>
        Samples.Array[0, 4].Sample(samples =>
        {
            var back = SamplePacking.Unpack(SamplePacking.Pack([.. samples]));
            return back.Length == samples.Length && back.Zip(samples).All(pair => Same(pair.First, pair.Second));
        }, iter: 2_000);

    [Fact]
    public void Those_of_a_period_are_read_and_no_others() =>
        Gen.Select(Samples.Array[0, 6], Gen.Long[0, DateTimeOffset.MaxValue.Ticks], Gen.Long[0, DateTimeOffset.MaxValue.Ticks]).Sample((samples, one, other) =>
        {
            var (from, to) = (new DateTimeOffset(Math.Min(one, other), TimeSpan.Zero), new DateTimeOffset(Math.Max(one, other), TimeSpan.Zero));
            var back = SamplePacking.Unpack(SamplePacking.Pack([.. samples]), from, to);
            var inside = samples.Where(sample => sample.At >= from && sample.At < to).ToList();
            return back.Length == inside.Count && back.Zip(inside).All(pair => Same(pair.First, pair.Second));
        }, iter: 2_000);

    [Fact]
    public void Words_that_recur_are_stored_once()
    {
        var reading = new Reading("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", 1, "Wh", "1");
        ImmutableArray<Sample> one = [new Sample(DateTimeOffset.UnixEpoch, "", [reading])];
        ImmutableArray<Sample> hundred = [new Sample(DateTimeOffset.UnixEpoch, "", [.. Enumerable.Repeat(reading, 100)])];

        Assert.InRange(SamplePacking.Pack(hundred).Length - SamplePacking.Pack(one).Length, 1, 99 * 30);
    }

    private static bool Same(Sample a, Sample b) =>
        a.At == b.At && a.RawStamp == b.RawStamp && a.Readings.SequenceEqual(b.Readings);
}
