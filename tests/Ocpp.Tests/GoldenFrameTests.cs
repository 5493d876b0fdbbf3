using System.Text;
using System.Text.Json;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.OcppTests;

/// <summary>
/// Frames as chargers send them, each a file with its outcome: what the envelope says or which fault it has, which
/// deviations the payload shows, which values come out, or how it is refused.
/// </summary>
public sealed class GoldenFrameTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Frames");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_has_its_outcome(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        var frame = file.RootElement.GetProperty("frame");
        var expect = file.RootElement.GetProperty("expect");
        var text = frame.ValueKind == JsonValueKind.String ? frame.GetString()! : frame.GetRawText();

        var read = FrameReader.Read(Encoding.UTF8.GetBytes(text));

        if (expect.TryGetProperty("fault", out var fault))
        {
            AssertFault(fault, read.Fault);
            return;
        }

        Assert.Null(read.Fault);
        AssertEnvelope(expect, read);
        if (expect.TryGetProperty("deviations", out _) || expect.TryGetProperty("refused", out _))
        {
            AssertPayload(expect, read.Frame);
        }
    }

    private static void AssertFault(JsonElement expected, FrameFault? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.GetProperty("code").GetString(), actual.Code);
        Assert.Equal(expected.GetProperty("messageId").GetString(), actual.MessageId);
        Assert.Equal(expected.GetProperty("kind").GetString(), actual.Kind?.ToString());
        Assert.Equal(expected.GetProperty("answerable").GetBoolean(), actual.Answerable);
    }

    private static void AssertEnvelope(JsonElement expect, FrameRead read)
    {
        AssertMember(expect, "kind", read.Frame.Kind.ToString());
        AssertMember(expect, "messageId", read.Frame.MessageId);
        AssertMember(expect, "action", read.Frame.Action);
        AssertMember(expect, "errorCode", read.Frame.ErrorCode);
        AssertMember(expect, "errorDescription", read.Frame.ErrorDescription);
        if (expect.TryGetProperty("cleaned", out var cleaned))
        {
            Assert.Equal(cleaned.GetBoolean(), read.Cleaned);
        }
    }

    private static void AssertMember(JsonElement expect, string name, string actual)
    {
        if (expect.TryGetProperty(name, out var expected))
        {
            Assert.Equal(expected.GetString(), actual);
        }
    }

    private static void AssertPayload(JsonElement expect, Frame frame)
    {
        var deviations = new DeviationList();
        if (expect.TryGetProperty("refused", out var refused))
        {
            var fault = Assert.Throws<OcppFault>(() => Message(expect, frame, deviations));
            Assert.Equal(refused.GetProperty("code").GetString(), fault.Code);
            Assert.Equal(refused.GetProperty("field").GetString(), fault.Field);
            return;
        }

        var message = Message(expect, frame, deviations);
        Assert.Equal(
            expect.GetProperty("deviations").EnumerateArray().Select(deviation => deviation.GetString()),
            deviations.Select(deviation => $"{deviation.Rule} {deviation.Field}"));
        foreach (var value in expect.GetProperty("values").EnumerateObject())
        {
            Assert.Equal((value.Name, Plain(value.Value)), (value.Name, MessagePath.Value(message, value.Name)));
        }
    }

    private static object Message(JsonElement expect, Frame frame, DeviationList deviations) =>
        expect.TryGetProperty("response", out var response)
            ? Actions.Table.Find(response.GetString()!)!.ReadResponse(frame.Payload, deviations)
            : Actions.Table.Find(frame.Action)!.ReadRequest(frame.Payload, deviations);

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        _ => value.GetDecimal(),
    };
}
