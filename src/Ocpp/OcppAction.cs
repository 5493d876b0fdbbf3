using System.Text.Json.Nodes;
using EvCharge.Ocpp.Shapes;

namespace EvCharge.Ocpp;

/// <summary>Who sends an operation's request.</summary>
public enum ActionDirection
{
    FromCharger,
    ToCharger,
    Both,
}

/// <summary>An operation of one OCPP version.</summary>
public abstract class OcppAction
{
    private protected OcppAction(string name, string profile, ActionDirection direction, bool idempotent)
    {
        Name = name;
        Profile = profile;
        Direction = direction;
        Idempotent = idempotent;
    }

    /// <summary>As it stands in a CALL.</summary>
    public string Name { get; }

    /// <summary>Feature profile (OCPP 1.6 §3.3).</summary>
    public string Profile { get; }

    public ActionDirection Direction { get; }

    /// <summary>
    /// May be sent again when its fate is unknown, and be served again when it comes twice: twice does no more than once.
    /// </summary>
    public bool Idempotent { get; }

    public abstract Type RequestType { get; }

    public abstract Type ResponseType { get; }

    /// <summary>The requests that the standard allows, as a JSON schema.</summary>
    public JsonObject DescribeRequest() => ShapeFactory.OfRecord(RequestType).Describe();

    /// <summary>The request as it goes to the charger.</summary>
    /// <exception cref="OcppFault">It is not valid by the standard; its field tells where.</exception>
    public abstract byte[] Canonicalise(ReadOnlyMemory<byte> payload);

    /// <summary>A charger's request, with the tolerance of <see cref="Payload.Read"/>.</summary>
    /// <exception cref="OcppFault">No sense can be made of it.</exception>
    public abstract object ReadRequest(ReadOnlyMemory<byte> payload, DeviationList deviations);

    /// <summary>A charger's answer, with the tolerance of <see cref="Payload.Read"/>.</summary>
    /// <exception cref="OcppFault">No sense can be made of it.</exception>
    public abstract object ReadResponse(ReadOnlyMemory<byte> payload, DeviationList deviations);
}

/// <summary>An operation with its two messages.</summary>
public sealed class OcppAction<TRequest, TResponse>(string name, string profile, ActionDirection direction, bool idempotent)
    : OcppAction(name, profile, direction, idempotent)
    where TRequest : notnull
    where TResponse : notnull
{
    public override Type RequestType => typeof(TRequest);

    public override Type ResponseType => typeof(TResponse);

    public override byte[] Canonicalise(ReadOnlyMemory<byte> payload) =>
        Payload.Write(Payload.ReadStrict<TRequest>(payload));

    public override object ReadRequest(ReadOnlyMemory<byte> payload, DeviationList deviations) =>
        Payload.Read<TRequest>(payload, deviations);

    public override object ReadResponse(ReadOnlyMemory<byte> payload, DeviationList deviations) =>
        Payload.Read<TResponse>(payload, deviations);
}
