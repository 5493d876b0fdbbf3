using EvCharge.History.Commissioning;
using EvCharge.History.DesiredState;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Commissioning;

/// <summary>Where the test of a charger looks for what the charger did.</summary>
internal sealed class CommissioningServices(
    CommissioningStore tests, FleetQueries fleet, SessionLog sessions, TransactionQueries transactions, DesiredStateStore settings, IOptions<CommissioningOptions> options)
{
    public CommissioningStore Tests => tests;

    public FleetQueries Fleet => fleet;

    public SessionLog Sessions => sessions;

    public TransactionQueries Transactions => transactions;

    public DesiredStateStore Settings => settings;

    public CommissioningOptions Options => options.Value;
}
