namespace EvCharge.Domain.Proxy;

/// <summary>What another system may do with a charger that is relayed to it.</summary>
public enum ProxyRole
{
    /// <summary>It sees what the charger says, and every command of its is refused with an error.</summary>
    ReadOnly,

    /// <summary>It sees what the charger says and may look at it; what it wants changed is answered with a refusal.</summary>
    Observer,

    /// <summary>It starts and stops transactions too, and its word on who may charge ends one that it denies.</summary>
    Authority,
}
