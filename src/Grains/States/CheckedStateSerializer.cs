using System.Diagnostics.Metrics;
using System.Text.Json;
using Orleans.Storage;

namespace EvCharge.Grains.States;

/// <summary>
/// States as plain JSON. One that cannot be read is handed to its grain empty and with its fault: a grain that could not be
/// activated at all could neither tell of it nor be repaired.
/// </summary>
internal sealed class CheckedStateSerializer : IGrainStorageSerializer
{
    private readonly SystemTextJsonGrainStorageSerializer _plain;
    private readonly Counter<long> _unreadable;

    public CheckedStateSerializer(SystemTextJsonGrainStorageSerializer plain, IMeterFactory meters)
    {
        _plain = plain;
        _unreadable = meters.Create("evcharge.states").CreateCounter<long>(
            "evcharge.states.unreadable", "{read}", "States of grains that were read and could not be understood.");
    }

    public BinaryData Serialize<T>(T? input) => _plain.Serialize(input);

    public T Deserialize<T>(BinaryData input)
    {
        try
        {
            return _plain.Deserialize<T>(input) ?? throw new JsonException("It is null.");
        }
        catch (Exception broken) when (typeof(T).IsAssignableTo(typeof(IKeptState)))
        {
            // The boundary to what is stored: whatever is wrong with it, the grain learns of it and decides.
            var state = Activator.CreateInstance<T>();
            ((IKeptState)state!).Fault = broken.Message;
            _unreadable.Add(1, new KeyValuePair<string, object?>("state", typeof(T).Name));
            return state;
        }
    }
}
