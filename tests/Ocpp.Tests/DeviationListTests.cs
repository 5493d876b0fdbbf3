using System.Text.Json;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.OcppTests;

public sealed class DeviationListTests
{
    [Fact]
    public void A_flood_of_deviations_is_counted_and_the_first_twenty_kept()
    {
        var deviations = new DeviationList();
        var members = Enumerable.Range(0, 500).ToDictionary(at => $"m{at}", at => at);

        Payload.Read<HeartbeatRequest>(JsonSerializer.SerializeToUtf8Bytes(members), deviations);

        Assert.Equal(500, deviations.Total);
        Assert.Equal(
            members.Take(DeviationList.Capacity)
                .Select(member => new Deviation(DeviationRule.UnknownMember, member.Key, $"{member.Value}")),
            deviations);
    }

    [Fact]
    public void An_example_is_short_and_printable()
    {
        var deviations = new DeviationList();

        Payload.Read<AuthorizeRequest>(
            JsonSerializer.SerializeToUtf8Bytes(new { idTag = "A\u0001\u0000" + new string('x', 5000) }), deviations);

        Assert.Equal([DeviationRule.ControlCharacters, DeviationRule.TooLong], deviations.Select(deviation => deviation.Rule));
        Assert.All(deviations, deviation => Assert.InRange(deviation.Example.Length, 1, 64));
        Assert.All(deviations, deviation => Assert.DoesNotContain(deviation.Example, char.IsControl));
    }
}
