using System.Collections.Immutable;
using EvCharge.History.Tables;

namespace EvCharge.History.Tenants;

/// <summary>
/// Every table with rows of tenants but two: <c>tenant</c> itself, and <c>id_block</c>, whose counts go on if the name is
/// given to another tenant, so that no number that a charger still holds is ever given again.
/// </summary>
internal static class TenantTables
{
    /// <summary>What is configured first, since it keeps the rest from growing on.</summary>
    public static readonly ImmutableArray<TenantTable> All =
    [
        new SmallTable<CredentialRow>("credential"),
        new SmallTable<UserAccountRow>("user_account"),
        new SmallTable<SecondFactorRow>("second_factor"),
        new SmallTable<IdentityProviderRow>("identity_provider"),
        new SmallTable<CustomRoleRow>("custom_role"),
        new SmallTable<TenantSettingRow>("tenant_setting"),
        new SmallTable<CertificateAuthorityRow>("certificate_authority"),
        new SmallTable<ChargerCertificateRow>("charger_certificate"),
        new SmallTable<ChargerConnectorRow>("charger_connector"),
        new SmallTable<ProxyLinkRow>("proxy_link"),
        new SmallTable<ProxyTransactionRow>("proxy_transaction"),
        new LogTable<ProxyMessageRow>("proxy_message"),
        new SmallTable<ChargerRow>("charger"),
        new SmallTable<SiteRow>("site"),
        new SmallTable<VehicleTagRow>("vehicle_tag"),
        new SmallTable<VehicleRow>("vehicle"),
        new SmallTable<TagRow>("tag"),
        new SmallTable<TagChangeRow>("tag_change"),
        new SmallTable<TakeoverRow>("authorization_takeover"),
        new SmallTable<ExternalAuthorizationRow>("external_authorization"),
        new SmallTable<ProfileTemplateRow>("profile_template"),
        new SmallTable<SiteProfileTemplateRow>("site_profile_template"),
        new SmallTable<OperatingModeRow>("operating_mode"),
        new SmallTable<SavedViewRow>("saved_view"),
        new SmallTable<AvailabilityRow>("charger_availability"),
        new SmallTable<ChargerKeyRow>("charger_key"),
        new SmallTable<ChargerProfileRow>("charger_profile"),
        new SmallTable<LocalListRow>("local_list"),
        new SmallTable<LocalListEntryRow>("local_list_entry"),
        new SmallTable<ChargerStateRow>("charger_state"),
        new SmallTable<ConnectorStateRow>("connector_state"),
        new SmallTable<FileGrantRow>("file_grant"),
        new SmallTable<MirrorPositionRow>("mirror_position"),
        new SmallTable<MirrorOwedRow>("mirror_owed"),
        new EntryTable<ReservationRow>("reservation"),
        new EntryTable<TransactionRow>("charging_transaction"),
        new LogTable<MeterFrameRow>("meter_frame"),
        new LogTable<CorrectionRow>("correction"),
        new LogTable<StatusHistoryRow>("status_history"),
        new LogTable<OrphanRow>("orphan"),
        new EntryTable<CommandRow>("command"),
        new LogTable<FollowUpRow>("command_follow_up"),
        new SmallTable<BatchItemRow>("command_batch_item"),
        new EntryTable<BatchRow>("command_batch"),
        new EntryTable<CommissioningRow>("commissioning"),
        new EntryTable<AuthorizationRequestRow>("authorization_request"),
        new LogTable<ConformanceWarningRow>("conformance_warning"),
        new LogTable<EventRow>("event"),
        new EntryTable<AlarmRow>("alarm"),
        new EntryTable<AlarmSuppressionRow>("alarm_suppression"),
        new LogTable<LimitChangeRow>("limit_change"),
        new LogTable<SiteLoadRow>("site_load"),
        new EntryTable<AuditRow>("audit"),
        new FilePieceTable(),
        new EntryTable<FileRow>("stored_file"),
        new FrameTable(),
    ];
}
