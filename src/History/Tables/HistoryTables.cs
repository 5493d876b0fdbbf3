using EvCharge.History.Engines;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Data;

namespace EvCharge.History.Tables;

/// <summary>The tables as queries see them, on one connection.</summary>
internal sealed class HistoryTables(DataOptions options, SqlLanguage language) : DataConnection(options)
{
    /// <summary>
    /// Columns that are never null are compared as such. Otherwise each comparison of two of them would also ask whether both are null,
    /// which no index answers: joins would take a time that grows with the square of the rows.
    /// </summary>
    static HistoryTables() => LinqToDB.Common.Configuration.UseNullableTypesMetadata = true;

    public ITable<TenantRow> Tenants => this.GetTable<TenantRow>();
    public ITable<TenantSettingRow> Settings => this.GetTable<TenantSettingRow>();
    public ITable<SiteRow> Sites => this.GetTable<SiteRow>();
    public ITable<ChargerRow> Chargers => this.GetTable<ChargerRow>();
    public ITable<ChargerConnectorRow> ChargerConnectors => this.GetTable<ChargerConnectorRow>();
    public ITable<TagRow> Tags => this.GetTable<TagRow>();
    public ITable<ChargerKeyRow> ChargerKeys => this.GetTable<ChargerKeyRow>();
    public ITable<AvailabilityRow> Availabilities => this.GetTable<AvailabilityRow>();
    public ITable<LocalListRow> LocalLists => this.GetTable<LocalListRow>();
    public ITable<LocalListEntryRow> LocalListEntries => this.GetTable<LocalListEntryRow>();
    public ITable<TagChangeRow> TagChanges => this.GetTable<TagChangeRow>();
    public ITable<ProfileTemplateRow> ProfileTemplates => this.GetTable<ProfileTemplateRow>();
    public ITable<SiteProfileTemplateRow> SiteProfileTemplates => this.GetTable<SiteProfileTemplateRow>();
    public ITable<OperatingModeRow> OperatingModes => this.GetTable<OperatingModeRow>();
    public ITable<SavedViewRow> SavedViews => this.GetTable<SavedViewRow>();
    public ITable<ChargerProfileRow> ChargerProfiles => this.GetTable<ChargerProfileRow>();
    public ITable<VehicleRow> Vehicles => this.GetTable<VehicleRow>();
    public ITable<VehicleTagRow> VehicleTags => this.GetTable<VehicleTagRow>();
    public ITable<UserAccountRow> Users => this.GetTable<UserAccountRow>();
    public ITable<IdentityProviderRow> IdentityProviders => this.GetTable<IdentityProviderRow>();
    public ITable<SecondFactorRow> SecondFactors => this.GetTable<SecondFactorRow>();
    public ITable<CertificateAuthorityRow> CertificateAuthorities => this.GetTable<CertificateAuthorityRow>();
    public ITable<ChargerCertificateRow> ChargerCertificates => this.GetTable<ChargerCertificateRow>();
    public ITable<CustomRoleRow> CustomRoles => this.GetTable<CustomRoleRow>();
    public ITable<CredentialRow> Credentials => this.GetTable<CredentialRow>();
    public ITable<ChargerStateRow> ChargerStates => this.GetTable<ChargerStateRow>();
    public ITable<ConnectorStateRow> ConnectorStates => this.GetTable<ConnectorStateRow>();
    public ITable<TransactionRow> Transactions => this.GetTable<TransactionRow>();
    public ITable<MeterFrameRow> MeterFrames => this.GetTable<MeterFrameRow>();
    public ITable<CommandRow> Commands => this.GetTable<CommandRow>();
    public ITable<CommissioningRow> Commissionings => this.GetTable<CommissioningRow>();
    public ITable<FileRow> Files => this.GetTable<FileRow>();
    public ITable<FilePieceRow> FilePieces => this.GetTable<FilePieceRow>();
    public ITable<FileGrantRow> FileGrants => this.GetTable<FileGrantRow>();
    public ITable<BatchRow> Batches => this.GetTable<BatchRow>();
    public ITable<BatchItemRow> BatchItems => this.GetTable<BatchItemRow>();
    public ITable<FollowUpRow> FollowUps => this.GetTable<FollowUpRow>();
    public ITable<ReservationRow> Reservations => this.GetTable<ReservationRow>();
    public ITable<ConformanceWarningRow> Warnings => this.GetTable<ConformanceWarningRow>();
    public ITable<AuditRow> Audits => this.GetTable<AuditRow>();
    public ITable<EventRow> Events => this.GetTable<EventRow>();
    public ITable<AlarmRow> Alarms => this.GetTable<AlarmRow>();
    public ITable<AlarmSuppressionRow> AlarmSuppressions => this.GetTable<AlarmSuppressionRow>();
    public ITable<LimitChangeRow> LimitChanges => this.GetTable<LimitChangeRow>();
    public ITable<SiteLoadRow> SiteLoads => this.GetTable<SiteLoadRow>();
    public ITable<OrphanRow> Orphans => this.GetTable<OrphanRow>();
    public ITable<LoggedFrameRow> Frames => this.GetTable<LoggedFrameRow>();
    public ITable<TakeoverRow> Takeovers => this.GetTable<TakeoverRow>();
    public ITable<ExternalAuthorizationRow> ExternalAuthorizations => this.GetTable<ExternalAuthorizationRow>();
    public ITable<AuthorizationRequestRow> AuthorizationRequests => this.GetTable<AuthorizationRequestRow>();
    public ITable<CorrectionRow> Corrections => this.GetTable<CorrectionRow>();
    public ITable<MirrorPositionRow> MirrorPositions => this.GetTable<MirrorPositionRow>();
    public ITable<ProxyLinkRow> ProxyLinks => this.GetTable<ProxyLinkRow>();
    public ITable<ProxyTransactionRow> ProxyTransactions => this.GetTable<ProxyTransactionRow>();
    public ITable<ProxyMessageRow> ProxyMessages => this.GetTable<ProxyMessageRow>();
    public ITable<MirrorOwedRow> MirrorOwed => this.GetTable<MirrorOwedRow>();

    /// <summary>
    /// Runs a query whose text is a constant, for what is asked all day: linq2db translates a query with text among its
    /// values anew each time, which costs a hundred times what the database needs to answer it.
    /// </summary>
    public Task<List<T>> Ask<T>(Statement sql, params (string Name, object? Value)[] parameters) =>
        this.QueryToListAsync<T>(sql.In(language), Array.ConvertAll(parameters, each => new DataParameter(each.Name, StorableValue.Of(each.Value))));
}
