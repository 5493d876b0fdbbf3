using System.Collections.Concurrent;
using System.Globalization;
using EvCharge.ChargerSimulator.ChargingProfiles;
using EvCharge.ChargerSimulator.Security;

namespace EvCharge.ChargerSimulator.Settings;

/// <summary>The configuration keys of a charger: what GetConfiguration shows is what the charger goes by.</summary>
public sealed class ChargerSettings
{
    private const string MeasurandsSent =
        "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC";

    private readonly ConcurrentDictionary<string, ConfigurationKey> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="certificates">Decides which security profiles the charger can take.</param>
    public ChargerSettings(ChargePointOptions options, CertificateStore certificates)
    {
        Seconds(nameof(HeartbeatInterval), options.Heartbeat ?? TimeSpan.FromMinutes(5));
        Seconds(nameof(MeterValueSampleInterval), options.SampleInterval);
        Seconds("WebSocketPingInterval", options.PingInterval);
        Flag(nameof(AuthorizeRemoteTxRequests), false);
        Flag(nameof(LocalAuthorizeOffline), options.AuthorizeOffline);
        Flag(nameof(LocalPreAuthorize), false);
        Flag(nameof(LocalAuthListEnabled), true);
        Fixed(nameof(LocalAuthListMaxLength), "1000");
        Fixed(nameof(SendLocalListMaxLength), "100");
        Flag(nameof(AuthorizationCacheEnabled), options.AuthorizationCache);
        Flag(nameof(StopTransactionOnInvalidId), true);
        Fixed("StopTransactionOnEVSideDisconnect", "true");
        Fixed("NumberOfConnectors", Text(options.Connectors));
        Fixed("MeterValuesSampledData", MeasurandsSent);
        Fixed("SupportedFeatureProfiles", "Core,LocalAuthListManagement,RemoteTrigger,Reservation,SmartCharging");
        Fixed("ReserveConnectorZeroSupported", "true");
        Fixed("ChargeProfileMaxStackLevel", Text(ProfileBook.HighestLevel));
        Fixed("ChargingScheduleAllowedChargingRateUnit", "Current,Power");
        Fixed("ChargingScheduleMaxPeriods", Text(ProfileBook.MostPeriods));
        Fixed("MaxChargingProfilesInstalled", Text(ProfileBook.Most));
        Fixed("GetConfigurationMaxKeys", "50");
        Fixed("CertificateStoreMaxLength", Text(CertificateStore.Most));
        Add(new(nameof(CpoName), options.CpoName, Writable: true, Readable: true, value => value.Length is > 0 and <= 64));
        Add(new(nameof(SecurityProfile), Text(options.SecurityProfile ?? (options.Password is null ? 0 : 1)), Writable: true, Readable: true,
            value => CanTake(value, certificates)));
        Add(new(nameof(AuthorizationKey), options.Password ?? "", Writable: true, Readable: false,
            value => value.Length is >= 8 and <= 40));
    }

    public TimeSpan HeartbeatInterval
    {
        get => Time(nameof(HeartbeatInterval));
        internal set => Seconds(nameof(HeartbeatInterval), value);
    }

    /// <summary>Time between samples of a session; at least a millisecond, on the simulated clock.</summary>
    public TimeSpan MeterValueSampleInterval => Time(nameof(MeterValueSampleInterval));

    public bool AuthorizeRemoteTxRequests => IsOn(nameof(AuthorizeRemoteTxRequests));

    /// <summary>Start transactions while the CSMS cannot be asked.</summary>
    public bool LocalAuthorizeOffline => IsOn(nameof(LocalAuthorizeOffline));

    /// <summary>Start transactions of tags that the charger knows by itself without asking the CSMS.</summary>
    public bool LocalPreAuthorize => IsOn(nameof(LocalPreAuthorize));

    /// <summary>Decide by the local list.</summary>
    public bool LocalAuthListEnabled => IsOn(nameof(LocalAuthListEnabled));

    /// <summary>Decide by remembered answers.</summary>
    public bool AuthorizationCacheEnabled => IsOn(nameof(AuthorizationCacheEnabled));

    /// <summary>Entries of the local list.</summary>
    public int LocalAuthListMaxLength => Number(nameof(LocalAuthListMaxLength));

    /// <summary>Entries of one update of the local list.</summary>
    public int SendLocalListMaxLength => Number(nameof(SendLocalListMaxLength));

    public bool StopTransactionOnInvalidId => IsOn(nameof(StopTransactionOnInvalidId));

    /// <summary>Basic auth password, used from the next connection on; null sends none.</summary>
    internal string? AuthorizationKey => _keys[nameof(AuthorizationKey)].Value is { Length: > 0 } key ? key : null;

    /// <summary>The operator's name, as its certificates have it.</summary>
    public string CpoName => _keys[nameof(CpoName)].Value;

    /// <summary>How the charger connects: 0 and 1 in the clear, 2 over TLS, 3 over TLS with its certificate.</summary>
    public int SecurityProfile
    {
        get => Number(nameof(SecurityProfile));
        internal set => Add(_keys[nameof(SecurityProfile)] with { Value = Text(value) });
    }

    /// <summary>Every key that may be read, by name.</summary>
    public IReadOnlyList<ConfigurationKey> Readable =>
        [.. _keys.Values.Where(key => key.Readable).OrderBy(key => key.Name, StringComparer.Ordinal)];

    public ConfigurationKey? Find(string name) =>
        _keys.TryGetValue(name, out var key) && key.Readable ? key : null;

    public ConfigurationChange Change(string name, string value)
    {
        if (!_keys.TryGetValue(name, out var key))
            return ConfigurationChange.NotSupported;
        if (!key.Writable || !key.Accepts(value))
            return ConfigurationChange.Rejected;
        Add(key with { Value = value });
        return ConfigurationChange.Accepted;
    }

    /// <summary>No profile is lowered, and none taken without what it needs (security whitepaper, A05).</summary>
    private bool CanTake(string value, CertificateStore certificates) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var profile) && profile > SecurityProfile && profile switch
        {
            1 => AuthorizationKey is not null,
            2 => AuthorizationKey is not null && certificates.KnowsCsms,
            3 => certificates is { KnowsCsms: true, Own: not null },
            _ => false,
        };

    private void Seconds(string name, TimeSpan value) =>
        Add(new(name, value.TotalSeconds.ToString(CultureInfo.InvariantCulture), Writable: true, Readable: true, IsSeconds));

    private void Flag(string name, bool value) =>
        Add(new(name, value ? "true" : "false", Writable: true, Readable: true, text => bool.TryParse(text, out _)));

    private void Fixed(string name, string value) =>
        Add(new(name, value, Writable: false, Readable: true, _ => false));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Add(ConfigurationKey key) => _keys[key.Name] = key;

    private bool IsOn(string name) => bool.Parse(_keys[name].Value);

    private int Number(string name) => int.Parse(_keys[name].Value, CultureInfo.InvariantCulture);

    private TimeSpan Time(string name) =>
        TimeSpan.FromSeconds(double.Parse(_keys[name].Value, CultureInfo.InvariantCulture));

    // The wire carries whole seconds; fractions come only from compressed scripts.
    private static bool IsSeconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400;
}
