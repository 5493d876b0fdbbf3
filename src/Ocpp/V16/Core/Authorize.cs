namespace EvCharge.Ocpp.V16.Core;

/// <summary>May this tag charge? (OCPP 1.6 §6.1)</summary>
public sealed record AuthorizeRequest([CiString(20)] string IdTag);

/// <summary>The verdict on a tag (OCPP 1.6 §6.2).</summary>
public sealed record AuthorizeResponse(IdTagInfo IdTagInfo);
