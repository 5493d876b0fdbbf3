using EvCharge.Gateway.Exports;

namespace EvCharge.Gateway.Api;

/// <summary>Transactions as a table: the members of <see cref="TransactionView"/>.</summary>
internal static class TransactionColumns
{
    public static readonly IReadOnlyList<Column<TransactionView>> All =
    [
        new("Id", "Identifiant", row => row.Id),
        new("OCPP id", "Identifiant OCPP", row => row.OcppId),
        new("Charger", "Borne", row => row.Charger),
        new("Connector", "Connecteur", row => row.Connector),
        new("Site", "Site", row => row.Site),
        new("Tag", "Badge", row => row.IdTag),
        new("Vehicle", "Véhicule", row => row.Vehicle),
        new("Active", "En cours", row => row.Active),
        new("Started (UTC)", "Début (UTC)", row => row.StartedAt),
        new("Stopped (UTC)", "Fin (UTC)", row => row.StoppedAt),
        new("Meter start (Wh)", "Index début (Wh)", row => row.MeterStart),
        new("Meter stop (Wh)", "Index fin (Wh)", row => row.MeterStop),
        new("Energy (Wh)", "Énergie (Wh)", row => row.EnergyWh),
        new("Power (W)", "Puissance (W)", row => row.PowerW),
        new("State of charge (%)", "État de charge (%)", row => row.Soc),
        new("Stop reason", "Motif d'arrêt", row => row.StopReason),
        new("Closed by system", "Clôturée par le système", row => row.ClosedBySystem),
        new("Last sample (UTC)", "Dernier relevé (UTC)", row => row.LastSampleAt),
        new("OCPP version", "Version OCPP", row => row.OcppVersion),
        new("Flags", "Anomalies", row => string.Join(' ', row.Flags)),
    ];
}
