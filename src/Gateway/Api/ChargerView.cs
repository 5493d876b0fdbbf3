using EvCharge.Domain.Sessions;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>A charger with what is known of it.</summary>
public sealed record ChargerView : ChargerParameters
{
    public string Charger { get; init; } = "";

    /// <summary>Name of its site; null for none.</summary>
    public string? Site { get; init; }

    public int SecurityProfile { get; init; }

    /// <summary>The profile that it was told to take and did not come back with yet; until then it gets in as before. Null for none.</summary>
    public int? NextSecurityProfile { get; init; }

    /// <summary>True when a password is stored; it is never shown.</summary>
    public bool HasPassword { get; init; }

    /// <summary>True when it was given a new password and did not come back with it yet; until then the old one holds too.</summary>
    public bool PasswordPending { get; init; }

    /// <summary>What is kept of its messages; null when the tenant's setting holds.</summary>
    public string? FrameLog { get; init; }

    /// <summary>Whether its WebSocket is pinged; null by its model.</summary>
    public bool? Ping { get; init; }

    /// <summary>The zone of stamps that name none; null by its model.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether its local list is kept in step with the tags; null when the tenant's setting holds.</summary>
    public string? LocalList { get; init; }

    /// <summary>Whether its authorization cache is emptied when a tag loses a right; null where the charger says that it has one.</summary>
    public bool? ClearCache { get; init; }

    /// <summary>Whether the charger is connected now.</summary>
    public bool Online { get; init; }

    /// <summary>When the charger was last heard, UTC; null when never.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    public string? OcppVersion { get; init; }

    public string? RemoteAddress { get; init; }

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? SerialNumber { get; init; }

    public string? Firmware { get; init; }

    public DateTimeOffset? BootedAt { get; init; }

    public IReadOnlyList<ConnectorView> Connectors { get; init; } = [];

    internal static ChargerView Of(FleetCharger fleet)
    {
        var charger = fleet.Configuration.Value;
        return (StoredJson.Read<ChargerView>(charger.Parameters) ?? new ChargerView()) with
        {
            Charger = charger.Charger,
            Site = charger.Site,
            SecurityProfile = charger.SecurityProfile,
            NextSecurityProfile = charger.NextSecurityProfile,
            HasPassword = charger.PasswordHash is not null,
            PasswordPending = charger.NextPasswordHashes.Count > 0,
            FrameLog = charger.FrameLog,
            Ping = charger.Ping,
            TimeZone = charger.TimeZone,
            LocalList = charger.LocalList,
            ClearCache = charger.ClearCache,
            Online = fleet.Online,
            LastSeen = fleet.LastSeen,
            OcppVersion = fleet.OcppVersion,
            RemoteAddress = fleet.RemoteAddress,
            Vendor = fleet.Boot?.Vendor,
            Model = fleet.Boot?.Model,
            SerialNumber = fleet.Boot?.SerialNumber,
            Firmware = fleet.Boot?.Firmware,
            BootedAt = fleet.Boot?.At,
            Connectors = [.. charger.Connectors.Select(connector => ConnectorView.Of(connector, fleet.Statuses))],
        };
    }
}

/// <summary>A connector with its last status. Being online is the charger's matter.</summary>
public record ConnectorView : EnergyParameters
{
    public int Connector { get; init; }

    /// <summary>The last OCPP status as sent; Unknown when there was none.</summary>
    public string Status { get; init; } = ConnectorStatus.Unknown;

    /// <summary>OCPP error code; NoError in health.</summary>
    public string ErrorCode { get; init; } = ConnectorStatus.NoError;

    public string? Info { get; init; }

    public string? VendorId { get; init; }

    public string? VendorErrorCode { get; init; }

    /// <summary>When the status arrived, UTC; null when there was none.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    internal static ConnectorView Of(ConnectorConfiguration connector, IReadOnlyDictionary<int, ConnectorStatus> statuses)
    {
        var view = (StoredJson.Read<ConnectorView>(connector.Parameters) ?? new ConnectorView()) with
        {
            Connector = connector.Connector,
        };
        return statuses.TryGetValue(connector.Connector, out var status)
            ? view with
            {
                Status = status.Status,
                ErrorCode = status.ErrorCode,
                Info = status.Info,
                VendorId = status.VendorId,
                VendorErrorCode = status.VendorErrorCode,
                StatusAt = status.ReceivedAt,
            }
            : view;
    }
}
