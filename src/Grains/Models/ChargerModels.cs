using EvCharge.Domain.Models;
using EvCharge.Grains.Chargers;
using EvCharge.History.Configuration;
using EvCharge.Ocpp.V16.Core;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Models;

/// <summary>
/// What holds for a charger: what the installation is set to, over it what was learned of the charger, over it what its model needs,
/// over it its own settings.
/// </summary>
internal sealed class ChargerModels(ModelCatalog catalog, IOptions<ChargerOptions> options)
{
    private static readonly ChargingMode Nothing = new();

    private readonly ProfileLayer _defaults = new(
        new ModelProfile
        {
            Settle = new SettlePolicy(options.Value.SettleMilliseconds, options.Value.SettleSilenceSeconds),
            Ping = true,
            TimeZone = StampZone.Utc,
            MeterValues = new MeterDefaults("Wh", Measurand.EnergyActiveImportRegister),
        },
        ProfileOrigin.Default);

    private EffectiveProfile? _plain;

    /// <summary>What holds for a charger of which nothing is known. One for all: most chargers need nothing of their own.</summary>
    public EffectiveProfile Plain => _plain ??= EffectiveProfile.Of([_defaults]);

    /// <param name="mode">How it takes limits by its settings; null where they do not say.</param>
    /// <param name="learned">How it was found to take limits; null for nothing.</param>
    public EffectiveProfile For(ModelIdentity identity, ChargerConfiguration? charger, ChargingMode? mode = null, ChargingMode? learned = null)
    {
        List<ProfileLayer> own = [.. catalog.LayersFor(identity)];
        if (learned is not null && learned != Nothing)
        {
            own.Insert(0, new ProfileLayer(new ModelProfile { SmartCharging = learned }, ProfileOrigin.Learned));
        }

        if (charger is { Ping: not null } or { TimeZone: not null })
        {
            own.Add(new ProfileLayer(new ModelProfile { Ping = charger.Ping, TimeZone = charger.TimeZone }, ProfileOrigin.Setting));
        }

        if (mode is not null)
        {
            own.Add(new ProfileLayer(new ModelProfile { SmartCharging = mode }, ProfileOrigin.Setting));
        }

        return own.Count == 0 ? Plain : EffectiveProfile.Of([_defaults, .. own]);
    }

    /// <summary>The files that hold for a charger, from general to specific.</summary>
    public IEnumerable<string> FilesFor(ModelIdentity identity) => catalog.LayersFor(identity).Select(layer => layer.File!);
}
