using System.Collections.Immutable;

namespace EvCharge.ChargerSimulator.Vehicles;

/// <summary>The meter of one connector: its register only rises, as long as a vehicle draws current.</summary>
/// <param name="clock">The simulated clock.</param>
/// <param name="registerWh">Register when installed, Wh.</param>
public sealed class EnergyMeter(TimeProvider clock, double registerWh = 0)
{
    private const double PhaseVoltage = 230;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private const int MostSteps = 1000;
    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();
    private double _registerWh = registerWh;
    private ElectricVehicle? _vehicle;
    private Func<double> _offer = () => 0;

    /// <summary>The vehicle that may draw from now on and the current (A per phase) it is offered.</summary>
    public void Connect(ElectricVehicle? vehicle, double offeredCurrent) => Connect(vehicle, () => offeredCurrent);

    /// <param name="vehicle">The one that may draw from now on.</param>
    /// <param name="offer">The current (A per phase) that it is offered, asked for whenever the meter is read.</param>
    public void Connect(ElectricVehicle? vehicle, Func<double> offer)
    {
        lock (_lock)
        {
            Advance();
            (_vehicle, _offer) = (vehicle, offer);
        }
    }

    public MeterReading Read()
    {
        lock (_lock)
        {
            Advance();
            var current = _vehicle?.Current(_offer()) ?? 0;
            var phases = _vehicle?.Phases ?? 0;
            ImmutableArray<double> currents = [.. Enumerable.Range(1, 3).Select(phase => phase <= phases ? current : 0)];
            // The grid sags a little under load; a constant voltage would hide mixed-up phases.
            ImmutableArray<double> voltages = [.. currents.Select((amps, phase) => PhaseVoltage + phase * 0.4 - amps * 0.05)];
            return new(clock.GetUtcNow(), _registerWh, current * phases * PhaseVoltage, currents, voltages, _vehicle?.Soc);
        }
    }

    // The taper makes power depend on the charge taken, so a long gap is walked in steps.
    private void Advance()
    {
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_last, now);
        _last = now;
        if (_vehicle is not { } vehicle || elapsed <= TimeSpan.Zero)
            return;
        var steps = (int)Math.Clamp(Math.Ceiling(elapsed / Step), 1, MostSteps);
        var hours = elapsed.TotalHours / steps;
        var offered = _offer();
        for (var step = 0; step < steps; step++)
            _registerWh += vehicle.Charge(vehicle.Current(offered) * vehicle.Phases * PhaseVoltage * hours);
    }
}

/// <param name="At">Stamp on the simulated clock.</param>
/// <param name="RegisterWh">Energy register, Wh.</param>
/// <param name="PowerW">Active power, W.</param>
/// <param name="Currents">L1-L3, A.</param>
/// <param name="Voltages">L1-N to L3-N, V.</param>
/// <param name="Soc">State of charge, %, or null when no vehicle is there.</param>
public sealed record MeterReading(
    DateTimeOffset At,
    double RegisterWh,
    double PowerW,
    ImmutableArray<double> Currents,
    ImmutableArray<double> Voltages,
    double? Soc)
{
    /// <summary>The register as OCPP 1.6 sends it at start and stop: whole Wh.</summary>
    public int MeterWh => (int)Math.Round(RegisterWh);
}
