namespace EvCharge.History.Secrets;

/// <summary>Section <c>Secrets</c>: the key under which secrets of tenants are kept. All processes of an installation share it.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>32 bytes in base64, read from <c>EVCHARGE_SECRETS_KEY</c> too. Default none.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// File with the key in base64, read from <c>EVCHARGE_SECRETS_KEY_FILE</c> too. Default none; standalone,
    /// <c>secrets.key</c> in the data folder, which is made when it is absent.
    /// </summary>
    public string? KeyFile { get; set; }
}
