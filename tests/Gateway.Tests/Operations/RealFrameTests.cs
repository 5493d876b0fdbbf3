using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using EvCharge.GatewayTests.Api;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;
using EvCharge.OcppTests;

namespace EvCharge.GatewayTests.Operations;

/// <summary>What real chargers send, and anything the standard allows, is answered with a CALLRESULT by the whole of the product.</summary>
public sealed class RealFrameTests(GatewayHost host)
{
    private const int Messages = 30;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Frames");

    /// <summary>The golden frames that are calls of chargers and make sense.</summary>
    public static TheoryData<string> Frames =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(IsAnswered).Order()];

    public static TheoryData<string> Actions => [.. EvCharge.Ocpp.V16.Actions.Table.All
        .Where(action => action.Direction != ActionDirection.ToCharger).Select(action => action.Name)];

    [Theory]
    [Trait("pain", "strict-parsing")]
    [MemberData(nameof(Frames))]
    public async Task A_frame_that_a_real_charger_sent_is_answered(string name)
    {
        using var file = Read(name);
        await using var charger = await Connect();

        await charger.Send(Text(file.RootElement.GetProperty("frame")));
        var answer = await charger.NextAnswer();

        Assert.True(answer[0].GetInt32() == 3, answer.ToString());
    }

    [Theory]
    [Trait("pain", "endless-retry")]
    [MemberData(nameof(Actions))]
    public async Task Whatever_the_standard_allows_is_answered_and_never_refused(string action)
    {
        await using var charger = await Connect();
        var type = EvCharge.Ocpp.V16.Actions.Table.Find(action)!.RequestType;

        await OcppTests.Messages.Of(type).SampleAsync(
            async message => await charger.Call(action, Encoding.UTF8.GetString(OcppTests.Messages.Write(message))),
            iter: Messages,
            threads: 1);
    }

    private static bool IsAnswered(string name)
    {
        using var file = Read(name);
        var expect = file.RootElement.GetProperty("expect");
        return !expect.TryGetProperty("fault", out _)
            && !expect.TryGetProperty("refused", out _)
            && FrameReader.Read(Encoding.UTF8.GetBytes(Text(file.RootElement.GetProperty("frame")))).Frame is { Kind: FrameKind.Call } call
            && EvCharge.Ocpp.V16.Actions.Table.Find(call.Action) is { Direction: not ActionDirection.ToCharger };
    }

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));

    private static string Text(JsonElement frame) => frame.ValueKind == JsonValueKind.String ? frame.GetString()! : frame.GetRawText();

    private async Task<WireCharger> Connect()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        return await WireCharger.Connect(host.Address, name);
    }
}
