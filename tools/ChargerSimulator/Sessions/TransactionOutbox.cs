using System.Threading.Channels;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ChargerSimulator.Wire;

namespace EvCharge.ChargerSimulator.Sessions;

/// <summary>
/// The charger's memory of transaction messages (OCPP 1.6 §3.7.1, §4.3): delivered strictly in the order they were made,
/// kept while offline, and repeated until answered.
/// </summary>
internal sealed class TransactionOutbox(ChargePoint owner, ChargePointOptions options)
{
    private readonly Channel<TransactionMessage> _queue =
        Channel.CreateUnbounded<TransactionMessage>(new() { SingleReader = true });

    private readonly Lock _lock = new();
    private TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>Messages made and not yet answered or given up.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Add(TransactionMessage message)
    {
        Count(+1);
        _queue.Writer.TryWrite(message);
    }

    /// <summary>Completes when nothing waits.</summary>
    public Task DeliveredAsync(CancellationToken stop)
    {
        lock (_lock)
            return _waiting == 0 ? Task.CompletedTask : _delivered.Task.WaitAsync(stop);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(stop))
        {
            await DeliverAsync(message, stop);
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (_lock)
        {
            _waiting += change;
            if (_waiting > 0)
                return;
            _delivered.TrySetResult();
            _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task DeliverAsync(TransactionMessage message, CancellationToken stop)
    {
        for (var refusals = 0; ;)
        {
            if (message.Ticket.Abandoned)
            {
                GiveUp(message, LedgerState.Abandoned);
                return;
            }

            var link = await owner.OnlineAsync(stop);
            var frame = message.Frame(options.NewIdOnRepeat);
            if (message.Line is { } line)
                options.Ledger?.Sent(line, message.MessageId!, message.Ticket.TransactionId);
            var outcome = await owner.Says.SendAsync(link, message.MessageId!, frame);
            if (outcome.IsAnswered)
            {
                message.TakeAnswer(outcome.Payload);
                return;
            }

            if (outcome.Status == CallStatus.Refused && message.Line is { } refused)
                options.Ledger?.Refused(refused);
            if (outcome.Status == CallStatus.Refused && ++refusals >= options.RefusedAttempts)
            {
                message.Ticket.Abandoned |= message.Entry.Kind == LedgerKind.Start;
                GiveUp(message, LedgerState.Refused);
                return;
            }

            if (outcome.Status != CallStatus.Disconnected)
                await Task.Delay(options.RepeatPause, options.Time, stop);
        }
    }

    private void GiveUp(TransactionMessage message, LedgerState state)
    {
        if (message.Line is { } line)
            options.Ledger?.GiveUp(line, state);
    }
}
