using EvCharge.Contracts.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// The last answers of a charger, so that a frame repeated because its answer was lost gets the same answer. Some
/// chargers count uniqueIds from 1 after every boot, so an id alone is no key: action and payload must be equal too.
/// What is always the same frame, a boot or a heartbeat, does not belong here: it asks for the present time.
/// </summary>
internal sealed class RecentAnswers
{
    private const int Capacity = 8;
    private readonly Queue<(OcppFrame Call, OcppReply Reply)> _answers = new(Capacity);

    public OcppReply? Find(OcppFrame call)
    {
        foreach (var (earlier, reply) in _answers)
        {
            if (earlier.MessageId == call.MessageId
                && earlier.Action == call.Action
                && earlier.Payload.Span.SequenceEqual(call.Payload.Span))
            {
                return reply;
            }
        }

        return null;
    }

    public void Add(OcppFrame call, OcppReply reply)
    {
        if (_answers.Count == Capacity)
        {
            _answers.Dequeue();
        }

        _answers.Enqueue((call, reply));
    }
}
