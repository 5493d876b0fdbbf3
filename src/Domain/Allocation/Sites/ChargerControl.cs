namespace EvCharge.Domain.Allocation.Sites;

/// <summary>A charger and its connectors as the site's control has them.</summary>
internal sealed class ChargerControl
{
    private Guid _activation;
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
        (_activation, _number, Connection, Online) = (before._activation, before._number, before.Connection, before.Online);
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

    /// <param name="asked">It was asked for, so that it is of the charger's present activation.</param>
    /// <returns>Whether a decision should not wait.</returns>
    public bool Report(ChargerImage image, bool asked, DateTimeOffset now, ControlPolicy policy)
    {
        if (!IsNewer(image, asked))
        {
            return false;
        }
        (_activation, _number) = (image.Activation, image.Number);
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

    /// <summary>Where one connector at a time charges, no vehicle starts beside another one.</summary>
    public void TakeTurns()
    {
        if (Connectors is not [{ Placed.Settings.TakesTurns: true }, ..])
        {
            return;
        }
        var inUse = Connectors.Any(connector => connector.Control.IsInUse);
        foreach (var connector in Connectors)
        {
            connector.Bar(inUse && !connector.Control.IsInUse);
        }
    }

    /// <summary>Of two activations nobody can tell by itself which is the older one; the first to be heard of is taken.</summary>
    private bool IsNewer(ChargerImage image, bool asked) =>
        image.Activation == _activation ? image.Number > _number : asked || _activation == Guid.Empty;

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
