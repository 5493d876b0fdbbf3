using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Links what the charger reports on its own to the command it belongs to: the progress of an upload or an update, and the
/// messages it was asked for. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed class FollowUps(ChargerId charger, FollowUpLog history, ChargerLog events, DeferredFacts facts, TimeProvider time)
{
    private const int MostOpen = 8;
    private const int MostStatus = 50;
    private const int MostCandidates = 8;

    /// <summary>A report belongs to no command that is older.</summary>
    private static readonly TimeSpan Relevance = TimeSpan.FromDays(7);

    /// <summary>How long after it was asked for a message counts as the answer to that.</summary>
    private static readonly TimeSpan TriggerPatience = TimeSpan.FromSeconds(60);

    private readonly List<(long Command, ITrigger Trigger, DateTimeOffset Until)> _open = [];

    /// <summary>The charger was just asked for a message, which may come before the answer to the command.</summary>
    public void Expect(long command, ITrigger trigger)
    {
        if (_open.Count == MostOpen)
        {
            _open.RemoveAt(0);
        }

        _open.Add((command, trigger, time.GetUtcNow() + TriggerPatience));
    }

    /// <summary>Takes a message that was served, perhaps as one that was asked for.</summary>
    public Task Served(OcppFrame call)
    {
        if (_open.Count == 0)
        {
            return Task.CompletedTask;
        }

        _open.RemoveAll(open => open.Until <= call.ReceivedAt);
        var at = _open.FindIndex(open => open.Trigger.IsAnsweredBy(call));
        if (at < 0)
        {
            return Task.CompletedTask;
        }

        var (command, trigger, _) = _open[at];
        if (!trigger.TriggersRepeatedly)
        {
            _open.RemoveAt(at);
        }

        return Keep(() => history.Record(charger.Tenant, command, Report(call, "")), call.MessageId);
    }

    /// <summary>
    /// Takes a report on the newest command of that action, of those with that request id when the charger gave one. A report
    /// that belongs to none becomes an event.
    /// </summary>
    public Task Reported(OcppFrame call, string action, string status, Func<CommandRecord, bool> belongs)
    {
        var report = Report(call, status.Length <= MostStatus ? status : status[..MostStatus]);
        return Keep(() => Link(report, action, belongs), $"{call.MessageId} {report.Status}");
    }

    private async Task Link(FollowUp report, string action, Func<CommandRecord, bool> belongs)
    {
        var candidates = await history.FindSent(charger, action, report.At - Relevance, MostCandidates);
        if (candidates.FirstOrDefault(belongs) is { } command)
        {
            await history.Record(charger.Tenant, command.Id, report);
        }
        else
        {
            await events.RecordEvent(charger.Tenant, new EventRecord(
                report.At, "unasked-report", charger.Name, $"{report.Action} {report.Status}, which no command asked for."));
        }
    }

    private Task Keep(Func<Task> write, string what) => facts.Keep($"follow-up {what}", write);

    private static FollowUp Report(OcppFrame call, string status) =>
        new(call.MessageId, call.ReceivedAt, call.Action, status, Encoding.UTF8.GetString(call.Payload.Span));
}
