using System.Diagnostics;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// The commands of one charger: stored before they are sent, one outstanding at a time (OCPP-J 1.6 §4.1.1), each ended
/// exactly once, a late answer still recorded. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class CommandQueue(
    ChargerId charger,
    ICommandLine line,
    CommandLog history,
    DeferredFacts facts,
    CommandInstruments instruments,
    ChargerOptions options,
    TimeProvider time,
    ILogger logger)
{
    private const int Remembered = 32;
    private const long Unrecorded = 0;

    /// <summary>What a former activation may have left is no more than this; a charger that invents answers asks History no more often.</summary>
    private const int MostSearches = Remembered;

    private readonly LinkedList<OpenCommand> _waiting = [];
    private readonly Queue<OpenCommand> _urgent = [];
    private readonly LinkedList<OpenCommand> _remembered = [];
    private readonly AnswerPatience _patience = new(options, time);
    private OpenCommand? _outstanding;
    private TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _pumping;
    private int _entering;
    private int _searches;

    public bool IsFull => _waiting.Count + _entering >= options.CommandQueueLimit;

    /// <summary>
    /// Takes over what a former activation left: unsent commands are sent, sent ones are unknown unless harmless to repeat. What of a
    /// command was a secret is gone with the former activation.
    /// </summary>
    public async Task Restore()
    {
        foreach (var record in await history.FindOpen(charger))
        {
            var command = new OpenCommand(instruments, record);
            Remember(command);
            var sendable = time.GetUtcNow() < record.ExpiresAt && !SecretCall.IsMasked(record.Action, record.Payload);
            if (sendable && (record.Status == CommandStatus.Pending || line.IsIdempotent(record.Action)))
            {
                _waiting.AddLast(command);
            }
            else
            {
                await End(command, record.Status == CommandStatus.Sent ? CommandStatus.Unknown : CommandStatus.Offline);
            }
        }

        Pump();
    }

    public async Task<long> Submit(ChargerCall call)
    {
        var now = time.GetUtcNow();
        var record = new CommandRecord
        {
            Id = await history.NextId(charger.Tenant),
            Charger = charger,
            Action = call.Action,
            Payload = SecretCall.Masked(call.Action, call.Payload),
            RequestedBy = call.RequestedBy,
            IdempotencyKey = call.IdempotencyKey,
            RequestedAt = now,
            ExpiresAt = now.AddSeconds(options.CommandExpirySeconds),
        };
        var stored = await Enter(record);
        if (stored.Id == record.Id)
        {
            var command = new OpenCommand(instruments, stored, call.Payload);
            Remember(command);
            _waiting.AddLast(command);
            Pump();
        }

        return stored.Id;
    }

    /// <summary>
    /// Sends a call before all that wait. It leaves no row: who asks answers for what becomes of it, and can send it while nothing
    /// can be written.
    /// </summary>
    /// <param name="expires">From then on it is not sent any more.</param>
    /// <returns>How it ended.</returns>
    public async Task<CommandRecord> Urge((string Action, byte[] Payload) call, DateTimeOffset expires)
    {
        var command = new OpenCommand(instruments, new CommandRecord
        {
            Id = Unrecorded,
            Charger = charger,
            Action = call.Action,
            Payload = call.Payload,
            RequestedBy = "",
            RequestedAt = time.GetUtcNow(),
            ExpiresAt = expires,
        });
        Remember(command);
        _urgent.Enqueue(command);
        _patience.Hurry();
        Pump();
        await command.Ended;
        return command.Record;
    }

    private async Task<CommandRecord> Enter(CommandRecord record)
    {
        _entering++;
        try
        {
            return await history.Insert(record);
        }
        finally
        {
            _entering--;
        }
    }

    public OpenCommand? Find(long id) => _remembered.FirstOrDefault(command => command.Record.Id == id);

    public void OnAttached()
    {
        _attached.TrySetResult();
        Pump();
    }

    public void OnDetached()
    {
        if (_attached.Task.IsCompleted)
        {
            _attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _outstanding?.TakeAnswer(null);
    }

    /// <summary>Takes an answer from the charger; one that nobody sent for is counted and dropped.</summary>
    public async Task OnAnswer(OcppFrame answer)
    {
        var command = _remembered.FirstOrDefault(known => known.Record.MessageId == answer.MessageId && answer.MessageId.Length > 0)
            ?? await FindSent(answer.MessageId);
        if (command is null)
        {
            LogUnsolicited(logger, charger, answer.MessageId);
        }
        else if ((command.IsEnded || !command.TakeAnswer(answer)) && command.Record.Status is not (CommandStatus.Answered or CommandStatus.Error))
        {
            _patience.Missed(command.Record.SentAt);
            await EndWith(command, answer, late: true);
        }
    }

    /// <summary>A command of a former activation that ended it before it went: its answer may come all the same.</summary>
    private async Task<OpenCommand?> FindSent(string messageId)
    {
        if (messageId.Length == 0 || _searches++ >= MostSearches || await history.FindSent(charger, messageId) is not { } record)
        {
            return null;
        }

        var command = new OpenCommand(instruments, record);
        Remember(command);
        return command;
    }

    private void Pump()
    {
        if (!_pumping)
        {
            _pumping = true;
            _ = PumpAll();
        }
    }

    private async Task PumpAll()
    {
        Activity.Current = null; // whoever set it going asked for the first of them at most
        try
        {
            while (Next() is { } next)
            {
                await Run(next);
            }
        }
        finally
        {
            _pumping = false;
        }
    }

    private OpenCommand? Next()
    {
        if (_urgent.TryDequeue(out var urgent))
        {
            return urgent;
        }
        var first = _waiting.First?.Value;
        if (first is not null)
        {
            _waiting.RemoveFirst();
        }
        return first;
    }

    private async Task Run(OpenCommand command)
    {
        if (await Obstacle() is { } obstacle)
        {
            await Store(command, command.Record with
            {
                Status = CommandStatus.Offline,
                EndedAt = time.GetUtcNow(),
                ErrorDescription = obstacle,
            });
            return;
        }

        if (time.GetUtcNow() >= command.Record.ExpiresAt)
        {
            await End(command, CommandStatus.Timeout);
            return;
        }

        _outstanding = command;
        try
        {
            await Exchange(command);
        }
        catch (Exception fault)
        {
            // The boundary of the background loop: one broken command must not hold up the others.
            LogBroken(logger, fault, charger, command.Record.Id);
            command.Update(command.Record with { Status = CommandStatus.Error, ErrorCode = "InternalError", ErrorDescription = fault.Message });
        }
        finally
        {
            _outstanding = null;
        }
    }

    private async Task Exchange(OpenCommand command)
    {
        var sent = command.Record with
        {
            Status = CommandStatus.Sent,
            MessageId = Guid.NewGuid().ToString(),
            SentAt = time.GetUtcNow(),
        };

        // The row says "sent" before the wire does: after a crash in between the command is unknown, never sent twice.
        using var span = CommandInstruments.Sending(charger, command);
        if (!await Store(command, sent))
        {
            return;
        }

        line.Sent(sent);
        var call = new OcppFrame(OcppFrame.Call, sent.MessageId, sent.Action, command.Payload, "", "", sent.SentAt!.Value);
        var delivered = await line.Send(call);
        if (delivered != DeliverResult.Accepted)
        {
            await End(command, delivered is null ? CommandStatus.Unknown : CommandStatus.Offline);
            return;
        }

        OcppFrame? answer;
        try
        {
            answer = await _patience.Wait(command.Answer, hurries: command.Record.Id == Unrecorded || _urgent.Count > 0);
        }
        catch (TimeoutException)
        {
            command.TakeAnswer(null);
            await End(command, CommandStatus.Timeout);
            return;
        }

        if (answer is null)
        {
            await End(command, CommandStatus.Unknown);
        }
        else
        {
            await EndWith(command, answer, late: false);
        }
    }

    /// <summary>Waits until the charger can be given a command; what stands against it in the end, or null.</summary>
    private async Task<string?> Obstacle()
    {
        if (!line.Attached)
        {
            try
            {
                await _attached.Task.WaitAsync(TimeSpan.FromSeconds(options.OfflineWaitSeconds), time);
            }
            catch (TimeoutException)
            {
                return "The charger is not connected.";
            }
        }

        var settled = await line.Settled(TimeSpan.FromSeconds(options.OfflineWaitSeconds + options.SettleFlappingSeconds));
        return !settled ? "The charger has said nothing since it connected, or does not stay connected."
            : line.Attached ? null
            : "The charger is not connected.";
    }

    private async Task EndWith(OpenCommand command, OcppFrame answer, bool late)
    {
        var isResult = answer.Kind == OcppFrame.CallResult;
        var fault = isResult ? line.Validate(command.Record.Action, answer.Payload) : null;
        await Store(command, command.Record with
        {
            Status = isResult && fault is null ? CommandStatus.Answered : CommandStatus.Error,
            EndedAt = time.GetUtcNow(),
            Result = isResult ? answer.Payload : default,
            ErrorCode = isResult ? (fault is null ? null : "FormationViolation") : answer.ErrorCode,
            ErrorDescription = isResult ? fault : answer.ErrorDescription,
            Late = late,
        });
        if (command.Record is { Status: CommandStatus.Answered, Id: not Unrecorded })
        {
            line.Answered(command.Record);
        }
    }

    private Task<bool> End(OpenCommand command, CommandStatus status) =>
        Store(command, command.Record with { Status = status, EndedAt = time.GetUtcNow() });

    private async Task<bool> Store(OpenCommand command, CommandRecord next)
    {
        if (next.Id == Unrecorded)
        {
            command.Update(next);
            return true;
        }
        try
        {
            await history.Update(next);
            command.Update(next);
            return true;
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotStored(logger, charger, next.Id, next.Status.ToString(), unavailable.Message);
            var ended = next.Status == CommandStatus.Sent
                ? next with
                {
                    Status = CommandStatus.Error,
                    EndedAt = time.GetUtcNow(),
                    MessageId = "",
                    SentAt = null,
                    ErrorCode = "HistoryUnavailable",
                    ErrorDescription = "The command could not be recorded and was not sent.",
                }
                : next;
            command.Update(ended);
            await facts.Keep($"command {ended.Id}", () => history.Update(ended));
            return false;
        }
    }

    private void Remember(OpenCommand command)
    {
        _remembered.AddLast(command);
        for (var node = _remembered.First; node is not null && _remembered.Count > Remembered; node = node.Next)
        {
            if (node.Value.IsEnded)
            {
                _remembered.Remove(node);
                break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Charger}: command {Command} broke")]
    private static partial void LogBroken(ILogger logger, Exception fault, ChargerId charger, long command);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: answer {MessageId} to no call of ours is ignored")]
    private static partial void LogUnsolicited(ILogger logger, ChargerId charger, string messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Charger}: command {Command} is {Status}, but that could not be stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, ChargerId charger, long command, string status, string reason);
}
