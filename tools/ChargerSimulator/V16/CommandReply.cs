using EvCharge.Ocpp;

namespace EvCharge.ChargerSimulator.V16;

/// <summary>The answer to a command.</summary>
/// <param name="Then">What the command sets off once it is answered.</param>
internal readonly record struct CommandReply(byte[] Payload, Func<Task>? Then)
{
    public static CommandReply Of<T>(T response, Func<Task>? then = null)
        where T : notnull => new(Ocpp.Payload.Write(response), then);
}
