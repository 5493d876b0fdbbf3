using EvCharge.Domain.Sessions;
using EvCharge.Gateway.Exports;

namespace EvCharge.Gateway.Api;

/// <summary>Samples as a table, one row each, led by the transaction that they belong to.</summary>
internal static class MeterValueColumns
{
    public static readonly IReadOnlyList<Column<(Transaction Transaction, SampleView Sample)>> All =
    [
        new("Transaction", "Transaction", row => row.Transaction.Id),
        new("Charger", "Borne", row => row.Transaction.Connector.Charger.Name),
        new("Connector", "Connecteur", row => row.Transaction.Connector.Number),
        new("Time (UTC)", "Heure (UTC)", row => row.Sample.Timestamp),
        new("Register (Wh)", "Index (Wh)", row => row.Sample.EnergyWh),
        new("Power (W)", "Puissance (W)", row => row.Sample.PowerW),
        new("Current L1 (A)", "Courant L1 (A)", row => row.Sample.CurrentA[0]),
        new("Current L2 (A)", "Courant L2 (A)", row => row.Sample.CurrentA[1]),
        new("Current L3 (A)", "Courant L3 (A)", row => row.Sample.CurrentA[2]),
        new("Voltage L1 (V)", "Tension L1 (V)", row => row.Sample.VoltageV[0]),
        new("Voltage L2 (V)", "Tension L2 (V)", row => row.Sample.VoltageV[1]),
        new("Voltage L3 (V)", "Tension L3 (V)", row => row.Sample.VoltageV[2]),
        new("State of charge (%)", "État de charge (%)", row => row.Sample.Soc),
        new("Temperature (°C)", "Température (°C)", row => row.Sample.TemperatureC),
        new("Context", "Contexte", row => row.Sample.Context),
    ];
}
