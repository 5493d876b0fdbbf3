using System.Collections.Immutable;
using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.Grains.Chargers.Limits;

/// <summary>What a charger's site has to see of its connectors, kept from what they report.</summary>
internal sealed class ConnectorImages
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    private readonly SortedDictionary<int, ConnectorImage> _images = [];
    private readonly Dictionary<int, Transaction> _open = [];

    public ImmutableArray<ConnectorImage> All => [.. _images.Values];

    /// <summary>Changes with everything that is taken.</summary>
    public int Version { get; private set; }

    /// <summary>The OCPP id of a connector's open transaction, if it is that one.</summary>
    public int? OcppIdOf(int connector, long transaction) =>
        _open.GetValueOrDefault(connector) is { } open && open.Id == transaction ? open.OcppId : null;

    /// <summary>Takes what a connector holds.</summary>
    public void Take(ConnectorSnapshot connector, DateTimeOffset now)
    {
        var image = Of(connector.Connector) with { Status = connector.Status.Status };
        if (image.MeasuredAt is null && connector.Open is { PowerW: { } power } open && (now - open.LastActivity).Duration() < Recent)
        {
            // From before this activation: what a vehicle draws that charges through the restart of a server. The stamp is one that
            // any later measurement comes after, whatever the charger's clock says.
            image = image with { Power = power, MeasuredAt = open.ReceivedAt };
        }
        Put(image, connector.Open);
    }

    /// <returns>Whether the site should see it.</returns>
    public bool Take(SessionEvent happened, Transaction? open)
    {
        var number = happened.Connector.Number;
        if (number == 0)
        {
            return false; // The charger as a whole: no vehicle charges there.
        }
        var before = Of(number);
        var image = happened switch
        {
            StatusReported status => before with { Status = status.Status.Status },
            SamplesReported samples => Measured(before, samples),
            _ => before,
        };
        Put(image, open);
        return Of(number) != before;
    }

    private ConnectorImage Of(int connector) =>
        _images.GetValueOrDefault(connector) ?? new ConnectorImage(connector, null, ConnectorStatus.Unknown, null, null, null);

    private void Put(ConnectorImage image, Transaction? open)
    {
        Version++;
        _images[image.Connector] = image with { Transaction = open?.Id, IdTag = open?.IdTag.Value, EnergyWh = open?.EnergyWh ?? 0 };
        if (open is null)
        {
            _open.Remove(image.Connector);
        }
        else
        {
            _open[image.Connector] = open;
        }
    }

    private static ConnectorImage Measured(ConnectorImage before, SamplesReported reported)
    {
        // A queue of old samples comes as it went on in the past; what a vehicle draws is in the last.
        var summary = MeterSummary.Of(reported.Samples[^1]);
        var current = summary.CurrentA.Max();
        return current is null && summary.PowerW is null
            ? before
            : before with { Current = current, Power = summary.PowerW, MeasuredAt = reported.ReceivedAt, Currents = [.. summary.CurrentA] };
    }
}
