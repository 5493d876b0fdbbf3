using EvCharge.Domain.Identity;

namespace EvCharge.History.Configuration;

/// <summary>
/// The configuration tables. Writes are one transaction each and raise the row version; reads see the last commit.
/// </summary>
public sealed partial class ConfigurationStore
{
    public Task<bool> TenantExists(TenantId tenant) => throw new NotSupportedException();

    public Task<Versioned<TenantSettings>> Settings(TenantId tenant) => throw new NotSupportedException();
    public Task<WriteResult> PutSettings(TenantId tenant, TenantSettings settings, long? expected) => throw new NotSupportedException();

    public Task<Versioned<SiteConfiguration>?> Site(SiteId site) => throw new NotSupportedException();
    public Task<IReadOnlyList<Versioned<SiteConfiguration>>> Sites(TenantId tenant, string? after, int limit) => throw new NotSupportedException();
    public Task<WriteResult> PutSite(TenantId tenant, SiteConfiguration site, long? expected) => throw new NotSupportedException();
    public Task<WriteResult> DeleteSite(SiteId site, long? expected) => throw new NotSupportedException();

    public Task<Versioned<ChargerConfiguration>?> Charger(ChargerId charger) => throw new NotSupportedException();
    public Task<WriteResult> PutCharger(TenantId tenant, ChargerConfiguration charger, long? expected) => throw new NotSupportedException();
    public Task<WriteResult> DeleteCharger(ChargerId charger, long? expected) => throw new NotSupportedException();

    public Task<Versioned<TagConfiguration>?> Tag(TenantId tenant, IdTag tag) => throw new NotSupportedException();
    public Task<IReadOnlyList<Versioned<TagConfiguration>>> Tags(TenantId tenant, string? after, int limit) => throw new NotSupportedException();
    public Task<WriteResult> PutTag(TenantId tenant, TagConfiguration tag, long? expected) => throw new NotSupportedException();
    public Task<WriteResult> DeleteTag(TenantId tenant, IdTag tag, long? expected) => throw new NotSupportedException();

    public Task<Versioned<VehicleConfiguration>?> Vehicle(TenantId tenant, string vehicle) => throw new NotSupportedException();
    public Task<IReadOnlyList<Versioned<VehicleConfiguration>>> Vehicles(TenantId tenant, string? after, int limit) => throw new NotSupportedException();
    public Task<WriteResult> PutVehicle(TenantId tenant, VehicleConfiguration vehicle, long? expected) => throw new NotSupportedException();
    public Task<WriteResult> DeleteVehicle(TenantId tenant, string vehicle, long? expected) => throw new NotSupportedException();

    public Task<Versioned<UserConfiguration>?> User(TenantId tenant, string username) => throw new NotSupportedException();
    public Task<IReadOnlyList<Versioned<UserConfiguration>>> Users(TenantId tenant, string? after, int limit) => throw new NotSupportedException();
    public Task<WriteResult> PutUser(TenantId tenant, UserConfiguration user, long? expected) => throw new NotSupportedException();
    public Task<WriteResult> DeleteUser(TenantId tenant, string username, long? expected) => throw new NotSupportedException();

    /// <summary>Finds whose secret this is, in any tenant: the tenant comes from the identity.</summary>
    public Task<(TenantId Tenant, CredentialConfiguration Credential)?> Credential(byte[] secretHash) => throw new NotSupportedException();
    public Task<IReadOnlyList<CredentialConfiguration>> Credentials(TenantId tenant, string kind, string? after, int limit) => throw new NotSupportedException();
    public Task AddCredential(TenantId tenant, CredentialConfiguration credential) => throw new NotSupportedException();
    public Task<bool> DeleteCredential(TenantId tenant, string id) => throw new NotSupportedException();
}

public enum WriteOutcome
{
    Created,
    Replaced,
    Deleted,
    NotFound,

    /// <summary>The row has another version than the caller expected.</summary>
    Conflict,
}

/// <param name="RowVersion">The version after the write; 0 when nothing was written.</param>
public readonly record struct WriteResult(WriteOutcome Outcome, long RowVersion);
