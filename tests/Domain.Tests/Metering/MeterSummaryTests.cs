using EvCharge.Domain.Metering;

namespace EvCharge.DomainTests.Metering;

public sealed class MeterSummaryTests
{
    [Fact]
    public void Phases_add_up_when_there_is_no_total()
    {
        var summary = Of(("Power.Active.Import", "L1", 1000), ("Power.Active.Import", "L2", 1100), ("Power.Active.Import", "L3-N", 1200));
        Assert.Equal(3300, summary.PowerW);
    }

    [Fact]
    public void A_total_wins_over_its_phases()
    {
        var summary = Of(("Power.Active.Import", null, 3000), ("Power.Active.Import", "L1", 1000));
        Assert.Equal(3000, summary.PowerW);
    }

    [Fact]
    public void Currents_and_voltages_have_a_place_for_each_phase()
    {
        var summary = Of(("Current.Import", "L2", 11), ("Voltage", "L1-N", 230), ("Voltage", "L3", 231));
        Assert.Equal([null, 11, null], summary.CurrentA);
        Assert.Equal([230, null, 231], summary.VoltageV);
    }

    [Fact]
    public void A_current_without_a_phase_flows_on_L1() =>
        Assert.Equal([16, null, null], Of(("Current.Import", null, 16)).CurrentA);

    [Fact]
    public void The_outlet_wins_over_other_places()
    {
        var inlet = new Reading("Energy.Active.Import.Register", null, "Inlet", "Sample.Periodic", 9000, "Wh", "9000");
        var outlet = inlet with { Location = "Outlet", Value = 500 };
        var summary = MeterSummary.Of(new Sample(DateTimeOffset.UnixEpoch, "", [outlet, inlet]));
        Assert.Equal(500, summary.RegisterWh);
    }

    [Fact]
    public void What_is_no_number_is_absent()
    {
        var unreadable = new Reading("SoC", null, "EV", "Sample.Periodic", null, "Percent", "Infinity");
        Assert.Null(MeterSummary.Of(new Sample(DateTimeOffset.UnixEpoch, "", [unreadable])).Soc);
    }

    private static MeterSummary Of(params (string Measurand, string? Phase, double Value)[] readings) =>
        MeterSummary.Of(new Sample(
            DateTimeOffset.UnixEpoch, "",
            [.. readings.Select(one => new Reading(one.Measurand, one.Phase, "Outlet", "Sample.Periodic", one.Value, null, ""))]));
}
