using System.Diagnostics.Metrics;

namespace EvCharge.Grains.Proxy;

/// <summary>Measurements of the links to other systems.</summary>
internal sealed class ProxyInstruments
{
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _commands;

    public ProxyInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("evcharge.proxy");
        _open = meter.CreateUpDownCounter<long>("evcharge.proxy.links.open", "{link}", "Links whose system has accepted the charger.");
        _lost = meter.CreateCounter<long>("evcharge.proxy.links.lost", "{link}", "Connections to other systems that failed or were not made.");
        _messages = meter.CreateCounter<long>(
            "evcharge.proxy.messages", "{message}", "Messages to other systems by outcome: delivered, refused, parked.");
        _commands = meter.CreateCounter<long>("evcharge.proxy.commands", "{command}", "Commands of other systems by outcome: relayed, refused.");
    }

    public void Opened() => _open.Add(1);

    public void Closed() => _open.Add(-1);

    public void Lost() => _lost.Add(1);

    public void Message(string outcome) => _messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Command(bool relayed) => _commands.Add(1, new KeyValuePair<string, object?>("outcome", relayed ? "relayed" : "refused"));
}
