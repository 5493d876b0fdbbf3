using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.ChargerSimulator.Connectors;

/// <summary>One outlet: its status, its meter and the session on it.</summary>
public sealed class Connector
{
    private readonly Lock _lock = new();
    private ChargingSession? _session;

    internal Connector(int number, EnergyMeter meter, Func<int, Pilot> pilot)
    {
        Number = number;
        Meter = meter;
        Pilot = pilot(number);
    }

    /// <summary>OCPP connectorId, from 1.</summary>
    public int Number { get; }

    public EnergyMeter Meter { get; }

    public Pilot Pilot { get; }

    /// <summary>OCPP 1.6 ChargePointStatus.</summary>
    public string Status { get; internal set; } = ChargePointStatus.Available;

    /// <summary>False after ChangeAvailability(Inoperative).</summary>
    public bool Operative { get; private set; } = true;

    /// <summary>Id of the running transaction once the CSMS has given it.</summary>
    public int? TransactionId => _session?.TransactionId;

    internal ChargingSession? Session => _session;

    /// <summary>Held for a driver who has not come yet.</summary>
    public bool Reserved { get; internal set; }

    internal string IdleStatus => !Operative ? ChargePointStatus.Unavailable
        : Reserved ? ChargePointStatus.Reserved
        : ChargePointStatus.Available;

    internal bool TryOccupy(ChargingSession session)
    {
        lock (_lock)
        {
            if (_session is not null || !Operative)
                return false;
            _session = session;
            return true;
        }
    }

    internal void Free()
    {
        lock (_lock)
            _session = null;
    }

    /// <summary>False when a session runs on, so that the change is only scheduled (OCPP 1.6 §5.2).</summary>
    internal bool ChangeAvailability(bool operative)
    {
        lock (_lock)
        {
            Operative = operative;
            return operative || _session is null;
        }
    }
}
