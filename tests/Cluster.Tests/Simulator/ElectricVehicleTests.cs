using CsCheck;
using EvCharge.ChargerSimulator.Vehicles;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.ClusterTests.Simulator;

public sealed class ElectricVehicleTests
{
    [Fact]
    public void An_hour_at_sixteen_amperes_on_three_phases_is_eleven_kilowatt_hours()
    {
        var clock = new FakeTimeProvider();
        var meter = new EnergyMeter(clock, registerWh: 500);
        meter.Connect(new ElectricVehicle(60, 20, 16, 3), offeredCurrent: 32);
        clock.Advance(TimeSpan.FromHours(1));

        var reading = meter.Read();
        Assert.Equal(11_540, reading.MeterWh);
        Assert.Equal(11_040, reading.PowerW, 3);
        Assert.Equal([16, 16, 16], reading.Currents);
        Assert.Equal(38.4, reading.Soc!.Value, 3);
    }

    [Fact]
    public void A_single_phase_vehicle_draws_on_the_first_phase_only()
    {
        var meter = new EnergyMeter(new FakeTimeProvider());
        meter.Connect(new ElectricVehicle(40, 20, 32, 1), offeredCurrent: 10);

        Assert.Equal([10, 0, 0], meter.Read().Currents);
    }

    [Theory]
    [InlineData(5.9, 0)]
    [InlineData(6, 6)]
    [InlineData(40, 16)]
    public void A_vehicle_takes_what_is_offered_up_to_its_limit_and_nothing_below_six_amperes(double offered, double drawn) =>
        Assert.Equal(drawn, new ElectricVehicle(60, 50, 16, 3).Current(offered));

    [Fact]
    public void The_current_falls_above_eighty_percent_and_is_zero_when_full()
    {
        Assert.Equal(16, new ElectricVehicle(60, 80, 16, 3).Current(32), 6);
        Assert.Equal(11, new ElectricVehicle(60, 90, 16, 3).Current(32), 6);
        Assert.Equal(0, new ElectricVehicle(60, 100, 16, 3).Current(32));
    }

    [Fact]
    public void The_register_never_falls_and_never_takes_more_than_the_battery_has_room_for()
    {
        var visits = Gen.Select(Gen.Double[10, 100], Gen.Double[0, 100], Gen.Double[6, 32], Gen.Int[0, 36_000].Array[1, 20]);
        visits.Sample((battery, soc, current, seconds) =>
        {
            var clock = new FakeTimeProvider();
            var meter = new EnergyMeter(clock);
            var vehicle = new ElectricVehicle(battery, soc, current, 3);
            var room = vehicle.Room;
            meter.Connect(vehicle, 32);
            var last = 0.0;
            foreach (var gap in seconds)
            {
                clock.Advance(TimeSpan.FromSeconds(gap));
                var now = meter.Read().RegisterWh;
                Assert.InRange(now, last, room + 0.001);
                last = now;
            }
        }, iter: 200);
    }
}
