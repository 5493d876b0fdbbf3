namespace EvCharge.ChargerSimulator.Faults;

/// <summary>Draws faults from a seed: the same seed and the same frames give the same faults.</summary>
internal sealed class FaultDice(FaultOptions options, int seed)
{
    private readonly (Fault Fault, double Chance)[] _faces =
    [
        (Fault.Reset, options.Reset),
        (Fault.Drop, options.Drop),
        (Fault.Replay, options.Replay),
        (Fault.Silence, options.Silence),
        (Fault.Malformed, options.Malformed),
        (Fault.Offline, options.Offline),
    ];

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>The fault that strikes the next frame.</summary>
    public Fault ForFrame()
    {
        var roll = Roll();
        foreach (var (fault, chance) in _faces)
        {
            if (roll < chance)
                return fault;
            roll -= chance;
        }

        return Fault.None;
    }

    public CommandFault ForCommand()
    {
        var roll = Roll();
        return roll < options.RejectCommand ? CommandFault.Reject
            : roll < options.RejectCommand + options.FailCommand ? CommandFault.Fail
            : roll < options.RejectCommand + options.FailCommand + options.LoseAnswer ? CommandFault.LoseAnswer
            : CommandFault.None;
    }

    private double Roll()
    {
        lock (_lock)
            return _random.NextDouble();
    }
}

/// <summary>How a command of the CSMS is turned down.</summary>
internal enum CommandFault
{
    None,
    Reject,
    Fail,

    /// <summary>It is carried out, and the answer never comes.</summary>
    LoseAnswer,
}
