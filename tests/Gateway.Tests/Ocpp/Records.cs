using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Gateway.Security;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>What a tenant's record holds, and what a test puts into it before a charger comes.</summary>
internal sealed class Records(IServiceProvider services, string tenant = "default")
{
    private readonly TenantId _tenant = new(tenant);
    private readonly ConfigurationStore _configuration = services.GetRequiredService<ConfigurationStore>();
    private readonly FleetQueries _fleet = services.GetRequiredService<FleetQueries>();
    private readonly TransactionQueries _transactions = services.GetRequiredService<TransactionQueries>();

    /// <summary>Configures a charger: with a password under security profile 1, else under 0.</summary>
    public async Task<string> NewCharger(string name, string? password = null, int connectors = 1, bool? ping = null)
    {
        var hash = password is null ? null : ChargerSecret.Hash(password);
        var written = await _configuration.PutCharger(
            _tenant,
            new ChargerConfiguration(
                name, null, hash is null ? 0 : 1, hash, null,
                [.. Enumerable.Range(1, connectors).Select(number => new ConnectorConfiguration(number, null))])
            {
                Ping = ping,
            },
            expected: null);
        Assert.Equal(WriteOutcome.Created, written.Outcome);
        return name;
    }

    public Task Put(TenantSettings settings) => _configuration.PutSettings(_tenant, settings, expected: null);

    public Task<bool> Knows(string charger) => Found(charger, _ => true);

    public Task<bool> IsOnline(string charger) => Found(charger, found => found.Online);

    public Task AwaitOnline(string charger, bool online = true) =>
        Eventually.Holds(async () => await IsOnline(charger) == online, $"{charger} is {(online ? "online" : "offline")}");

    public async Task<IReadOnlyList<EventRecord>> Events(string? charger)
    {
        var page = await _fleet.Events(SiteScope.All(_tenant), charger, null, 1_000);
        return [.. page.Select(entry => entry.Event)];
    }

    /// <summary>The newest event of that kind about the charger, as soon as it is there.</summary>
    public async Task<EventRecord> AwaitEvent(string kind, string? charger, string detail = "")
    {
        EventRecord? found = null;
        await Eventually.Holds(
            async () => (found = (await Events(charger)).FirstOrDefault(entry =>
                entry.Kind == kind && entry.Detail.Contains(detail, StringComparison.Ordinal))) is not null,
            $"there is an event {kind} of {charger} {detail}");
        return found!;
    }

    /// <summary>The charger's transactions, newest first.</summary>
    public Task<IReadOnlyList<Transaction>> Transactions(string charger) =>
        _transactions.List(SiteScope.All(_tenant), new TransactionFilter(Charger: charger), null, 1_000);

    public async Task<Transaction> Transaction(string charger) => Assert.Single(await Transactions(charger));

    private async Task<bool> Found(string charger, Func<FleetCharger, bool> has) =>
        await _fleet.Charger(new ChargerId(_tenant, charger)) is { } found && has(found);
}
