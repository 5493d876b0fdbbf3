using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Ocpp.V16.LocalAuthListManagement;

/// <summary>Replaces or changes the list of tags that the charger may accept by itself (OCPP 1.6 §6.41).</summary>
/// <param name="ListVersion">Of the list after the update.</param>
/// <param name="UpdateType">One of <see cref="LocalAuthListManagement.UpdateType"/>.</param>
/// <param name="LocalAuthorizationList">The whole list of a full update, or what is added, changed and removed.</param>
public sealed record SendLocalListRequest(
    int ListVersion,
    [OneOf(typeof(UpdateType))] string UpdateType,
    IReadOnlyList<AuthorizationData>? LocalAuthorizationList = null);

/// <param name="Status">One of <see cref="UpdateStatus"/>.</param>
public sealed record SendLocalListResponse([OneOf(typeof(UpdateStatus))] string Status);

/// <summary>An entry of a local list (OCPP 1.6 §7.1).</summary>
/// <param name="IdTagInfo">Null in a differential update removes the tag.</param>
public sealed record AuthorizationData([CiString(20)] string IdTag, IdTagInfo? IdTagInfo = null);

/// <summary>Kinds of update (OCPP 1.6 §7.48).</summary>
public static class UpdateType
{
    public const string Differential = "Differential";
    public const string Full = "Full";
}

/// <summary>Answers to an update of the local list (OCPP 1.6 §7.47).</summary>
public static class UpdateStatus
{
    public const string Accepted = "Accepted";
    public const string Failed = "Failed";
    public const string NotSupported = "NotSupported";
    public const string VersionMismatch = "VersionMismatch";
}
