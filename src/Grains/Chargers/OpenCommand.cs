using System.Diagnostics;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>A command that the grain holds: its row, and everybody who waits for its end.</summary>
/// <param name="payload">What goes over the wire, also where the row may not say it; null for what the row says.</param>
internal sealed class OpenCommand(CommandInstruments instruments, CommandRecord record, ReadOnlyMemory<byte>? payload = null)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<OcppFrame?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandRecord Record { get; private set; } = record;

    /// <summary>Where it was asked for, so that its sending is found in the same trace. Default of what a former activation left.</summary>
    public ActivityContext Asked { get; } = Activity.Current?.Context ?? default;

    /// <summary>What goes over the wire.</summary>
    public ReadOnlyMemory<byte> Payload => payload ?? Record.Payload;

    public Task Ended => _ended.Task;

    /// <summary>The charger's answer; null when the connection was lost before it came.</summary>
    public Task<OcppFrame?> Answer => _answer.Task;

    public bool IsEnded => Record.Status is not (CommandStatus.Pending or CommandStatus.Sent);

    public void Update(CommandRecord record)
    {
        Record = record;
        if (IsEnded && _ended.TrySetResult())
        {
            instruments.Ended(record);
        }
    }

    /// <summary>True when somebody still waited for it.</summary>
    public bool TakeAnswer(OcppFrame? answer) => _answer.TrySetResult(answer);

    public CommandSnapshot Snapshot() => new(
        Record.Id,
        Record.Action,
        Record.Status,
        Record.Result,
        Record.ErrorCode,
        Record.ErrorDescription,
        Record.EndedAt - Record.SentAt);
}
