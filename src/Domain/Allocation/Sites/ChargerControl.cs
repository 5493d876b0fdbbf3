namespace EvCharge.Domain.Allocation.Sites;

/// <summary>A charger and its connectors as the site's control has them.</summary>
internal sealed class ChargerControl
{
    private long _number;

    public required ImmutableArray<ControlledConnector> Connectors { get; init; }

    /// <summary>Of which the bounds are known; 0 for none ever.</summary>
    public long Connection { get; private set; }

    public bool Online { get; private set; }

    /// <summary>Takes over what was stored of it before.</summary>
    public void Restore(ConnectorBound bound, DateTimeOffset now)
    {
        Connection = bound.Connection;
        foreach (var connector in Connectors.Where(connector => connector.Placed.Connector == bound.Connector))
        {
            connector.Restore(bound, now);
        }
    }

    /// <summary>Takes over what an earlier layout knew of it.</summary>
    public void Follow(ChargerControl before)
    {
        (_number, Connection, Online) = (before._number, before.Connection, before.Online);
        foreach (var connector in Connectors)
        {
            if (before.Connectors.FirstOrDefault(each => each.Placed.Connector == connector.Placed.Connector) is { } known)
            {
                connector.Follow(known);
            }
            else if (Online)
            {
                connector.Connected();
            }
        }
    }

    /// <returns>Whether a decision should not wait.</returns>
    public bool Report(ChargerImage image, DateTimeOffset now, ControlPolicy policy)
    {
        if (image.Number <= _number)
        {
            return false;
        }
        _number = image.Number;
        var urgent = Connect(image.Connection);
        foreach (var connector in Connectors)
        {
            connector.Take(image.Traits);
            if (image.Connectors.FirstOrDefault(each => each.Connector == connector.Placed.Connector) is { } seen)
            {
                urgent |= connector.Report(seen, now, policy);
            }
        }
        return urgent;
    }

    private bool Connect(long connection)
    {
        var (known, was) = (Connection, Online);
        Online = connection != 0;
        if (Online && connection != known)
        {
            Connection = connection;
            ForAll(connector => connector.Connected());
        }
        else if (Online && !was)
        {
            ForAll(connector => connector.CameBack());
        }
        else if (!Online && was)
        {
            ForAll(connector => connector.Disconnected());
        }
        return Online ? !was || connection != known : was;
    }

    private void ForAll(Action<ControlledConnector> change)
    {
        foreach (var connector in Connectors)
        {
            change(connector);
        }
    }
}
