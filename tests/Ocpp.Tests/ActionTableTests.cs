using System.Text;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.OcppTests;

public sealed class ActionTableTests
{
    [Fact]
    public void Each_version_has_its_table()
    {
        Assert.Same(Actions.Table, ActionTable.For(OcppVersion.V16));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActionTable.For("ocpp1.5"));
    }

    [Fact]
    public void Names_are_found_exactly_as_they_are_spelt()
    {
        Assert.Equal("Heartbeat", Actions.Table.Find("Heartbeat")!.Name);
        Assert.Null(Actions.Table.Find("heartbeat"));
        Assert.Null(Actions.Table.Find(""));
    }

    [Fact]
    public void Messages_are_named_after_their_operation() =>
        Assert.All(Actions.Table.All, action =>
        {
            Assert.Equal(action.Name + "Request", action.RequestType.Name);
            Assert.Equal(action.Name + "Response", action.ResponseType.Name);
            Assert.Equal(action.RequestType.Namespace, $"EvCharge.Ocpp.V16.{action.Profile}");
        });

    [Fact]
    public void The_table_holds_the_28_operations_of_the_standard_and_the_11_of_its_security_extension()
    {
        Assert.Equal(28, Actions.Table.All.Count(action => action.Profile != "Security"));
        Assert.Equal(11, Actions.Table.All.Count(action => action.Profile == "Security"));
    }

    [Fact]
    public void Only_messages_that_may_be_repeated_are_idempotent() =>
        Assert.Equal(
            [
                "Authorize", "BootNotification", "CertificateSigned", "ChangeAvailability", "ChangeConfiguration", "ClearCache",
                "DiagnosticsStatusNotification", "ExtendedTriggerMessage", "FirmwareStatusNotification", "GetCompositeSchedule",
                "GetConfiguration", "GetInstalledCertificateIds", "GetLocalListVersion", "Heartbeat", "InstallCertificate",
                "LogStatusNotification", "ReserveNow", "SetChargingProfile", "SignedFirmwareStatusNotification",
                "StatusNotification", "TriggerMessage",
            ],
            Actions.Table.All.Where(action => action.Idempotent).Select(action => action.Name).Order());

    [Fact]
    public void An_answer_is_read_with_tolerance()
    {
        var deviations = new DeviationList();

        var answer = Actions.Table.Find("Reset")!.ReadResponse(Encoding.UTF8.GetBytes("""{"status":"Maybe"}"""), deviations);

        Assert.Equal("Maybe", MessagePath.Value(answer, "status"));
        Assert.Equal(DeviationRule.UnknownWord, Assert.Single(deviations).Rule);
    }
}
