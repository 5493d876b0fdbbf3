namespace EvCharge.Domain.Commands;

/// <summary>The life of a command to a charger. Only <see cref="Pending"/> and <see cref="Sent"/> are open.</summary>
[GenerateSerializer, Alias("evc.CommandStatus")]
public enum CommandStatus
{
    /// <summary>Stored, not sent yet.</summary>
    Pending,

    /// <summary>Handed to the charger's socket; its answer is awaited.</summary>
    Sent,

    /// <summary>The charger answered with a CALLRESULT, perhaps late.</summary>
    Answered,

    /// <summary>The charger answered with a CALLERROR, or its answer could not be read.</summary>
    Error,

    /// <summary>No answer in time. A late one is still recorded and turns this into answered or error.</summary>
    Timeout,

    /// <summary>The charger had no connection within the time a command waits for one.</summary>
    Offline,

    /// <summary>Sent before a crash or a lost connection; whether the charger acted cannot be known.</summary>
    Unknown,
}
