namespace EvCharge.ChargerSimulator.Settings;

/// <summary>One OCPP 1.6 configuration key (§9) of the charger.</summary>
/// <param name="Name">As the standard spells it; keys compare without case.</param>
/// <param name="Value">Its current value.</param>
/// <param name="Writable">False for what the hardware decides.</param>
/// <param name="Readable">False for secrets, which can only be set.</param>
/// <param name="Accepts">Whether a new value is of the right shape.</param>
public sealed record ConfigurationKey(string Name, string Value, bool Writable, bool Readable, Func<string, bool> Accepts);

/// <summary>Result of ChangeConfiguration, as spelt on the wire (OCPP 1.6 §7.21).</summary>
public enum ConfigurationChange
{
    Accepted,
    Rejected,
    NotSupported,
}
