using System.Diagnostics;
using System.Diagnostics.Metrics;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>Measurements of the commands to chargers, and their spans.</summary>
internal sealed class CommandInstruments
{
    private const string Name = "evcharge.commands";

    private static readonly ActivitySource Spans = new(Name);

    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;

    public CommandInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _ended = meter.CreateCounter<long>("evcharge.commands.ended", "{command}", "Commands by how they ended: answered, error, timeout, offline, unknown.");
        _duration = meter.CreateHistogram(
            "evcharge.commands.duration", "s", "Time from sending a command until the charger's answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
    }

    /// <summary>The span of a command on the wire, in the trace of whoever asked for it. Null when nobody listens.</summary>
    public static Activity? Sending(ChargerId charger, OpenCommand command) => Spans.StartActivity(
        $"send {command.Record.Action}",
        ActivityKind.Client,
        command.Asked,
        [
            new("evcharge.tenant", charger.Tenant.Value),
            new("evcharge.charger", charger.Name),
            new("evcharge.command", command.Record.Id),
        ]);

    public void Ended(CommandRecord command)
    {
        _ended.Add(1, new("action", command.Action), new KeyValuePair<string, object?>("status", command.Status.ToString().ToLowerInvariant()));
        if (command is { Status: CommandStatus.Answered, SentAt: { } sent, EndedAt: { } ended })
        {
            _duration.Record((ended - sent).TotalSeconds, new KeyValuePair<string, object?>("action", command.Action));
        }
    }
}
