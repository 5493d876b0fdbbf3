using EvCharge.Domain.Models;
using EvCharge.History.Configuration;
using NodaTime;

namespace EvCharge.Grains.Models;

/// <summary>What holds for one charger now: by what it said of itself at its boot, and by its settings.</summary>
internal sealed class ChargerQuirks
{
    private readonly ChargerModels _models;
    private ModelIdentity _identity = ModelIdentity.Unknown;
    private ChargingMode _learned = new();
    private ChargingMode? _mode;
    private ChargerConfiguration? _charger;
    private string? _siteZone;

    public ChargerQuirks(ChargerModels models)
    {
        _models = models;
        Profile = models.Plain;
        Messages = MessageQuirks.Plain;
    }

    public EffectiveProfile Profile { get; private set; }

    /// <summary>What holds when the charger's messages are read.</summary>
    public MessageQuirks Messages { get; private set; }

    /// <summary>The zone of the charger's site decides on its stamps, and is not known yet.</summary>
    public bool LacksSiteZone => Profile.Values.TimeZone == StampZone.Site && _siteZone is null;

    /// <summary>How long a connection is left alone after its first message or its boot.</summary>
    public TimeSpan SettleTime => TimeSpan.FromMilliseconds(Profile.Values.Settle.Milliseconds.GetValueOrDefault());

    /// <summary>How long it may keep silent.</summary>
    public TimeSpan SettleSilence => TimeSpan.FromSeconds(Profile.Values.Settle.SilenceSeconds.GetValueOrDefault());

    public void Booted(ModelIdentity identity)
    {
        if (_identity != identity)
        {
            _identity = identity;
            Decide();
        }
    }

    /// <param name="mode">How it was found to take limits.</param>
    public void Learned(ChargingMode mode)
    {
        if (_learned != mode)
        {
            _learned = mode;
            Decide();
        }
    }

    /// <param name="mode">How it takes limits by its settings; null where they do not say.</param>
    public void Configured(ChargerConfiguration? charger, ChargingMode? mode)
    {
        if (_charger?.Ping != charger?.Ping || _charger?.TimeZone != charger?.TimeZone || _charger?.Site != charger?.Site || _mode != mode)
        {
            _siteZone = _charger?.Site == charger?.Site ? _siteZone : null;
            (_charger, _mode) = (charger, mode);
            Decide();
        }
    }

    /// <param name="zone">The IANA zone of the charger's site; UTC without a site.</param>
    public void Placed(string zone)
    {
        if (_siteZone != zone)
        {
            _siteZone = zone;
            Decide();
        }
    }

    private void Decide()
    {
        Profile = _models.For(_identity, _charger, _mode, _learned);
        var name = Profile.Values.TimeZone == StampZone.Site ? _siteZone : Profile.Values.TimeZone;
        var zone = name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        Messages = new MessageQuirks(zone ?? DateTimeZone.Utc, Profile.Values.MeterValues)
        {
            VehicleMessages = Profile.Values.VehicleMessages ?? [],
        };
    }
}
