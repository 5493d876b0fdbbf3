using System.Text;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.OcppTests;

public sealed class FrameReaderTests
{
    [Fact]
    public void A_call_gives_its_id_action_and_a_slice_as_payload()
    {
        byte[] bytes = [.. "[2,\"19223201\",\"StatusNotification\", {\"connectorId\":\"1\",\"errorCode\":\"NoError\",\"status\":\"Available\",\"timestamp\":\"2024-01-01T10:00:00+02\"} ]"u8];

        var read = FrameReader.Read(bytes);

        Assert.Null(read.Fault);
        Assert.Equal(FrameKind.Call, read.Frame.Kind);
        Assert.Equal("19223201", read.Frame.MessageId);
        Assert.Equal("StatusNotification", read.Frame.Action);
        var deviations = new DeviationList();
        var status = Payload.Read<StatusNotificationRequest>(read.Frame.Payload, deviations);
        Assert.Equal(1, status.ConnectorId);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.Zero), status.Timestamp!.Value.Value);
        Assert.Equal(2, deviations.Count);
        Assert.Equal("{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\",\"timestamp\":\"2024-01-01T08:00:00.000Z\"}", Encoding.UTF8.GetString(Payload.Write(status)));
    }
}
