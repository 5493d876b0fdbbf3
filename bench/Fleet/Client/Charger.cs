using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace EvCharge.Fleet.Client;

/// <summary>What one charger says, each message with an id of its own, and that it is answered as it should be.</summary>
/// <param name="password">Sent as Basic credentials; null sends none.</param>
internal sealed class Charger(IPEndPoint server, string name, string? password = null) : IDisposable
{
    /// <summary>Frames of a session from its tag to the free connector.</summary>
    public const int SessionFrames = 15;

    private const int StartFrame = 2;
    private const int FirstSample = 4;
    private const int FinishingFrame = 12;
    private const int StopFrame = 13;
    private const int WattHoursPerSample = 250;
    private readonly FrameBuffer _report = new(ushort.MaxValue);
    private ChargerLink _link = null!;
    private long _messageId;
    private int _transaction;
    private int _meter;

    public ChargerLink Link => _link;

    public async Task Connect() => _link = await ChargerLink.Connect(server, $"/ocpp/{name}", password is null ? "" : Basic());

    /// <summary>Connects and boots until it is accepted.</summary>
    public async Task Start()
    {
        await Connect();
        await Boot();
    }

    public async Task Boot()
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture,
            $"[2,\"{++_messageId}\",\"BootNotification\",{{\"chargePointVendor\":\"Fleet\",\"chargePointModel\":\"Bench\",\"firmwareVersion\":\"1.0\"}}]",
            out var length);
        Expect(await _link.Call(_link.Out.Close(length)), "\"Accepted\""u8);
    }

    public async Task ReportAvailable()
    {
        Expect(await _link.Call(Status("Available")), "[3,"u8);
    }

    public async Task ReportPreparing()
    {
        Expect(await _link.Call(Status("Preparing")), "[3,"u8);
    }

    public ValueTask<ReadOnlyMemory<byte>> Beat() => _link.Call(Heartbeat());

    public ReadOnlyMemory<byte> Heartbeat()
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture, $"[2,\"{++_messageId}\",\"Heartbeat\",{{}}]", out var length);
        return _link.Out.Close(length);
    }

    /// <summary>Sends the frame of a session that has this number, and takes its answer.</summary>
    public async Task Step(int frame, string tag, DateTimeOffset now)
    {
        var answer = await _link.Call(frame switch
        {
            0 => Authorize(tag),
            1 => Status("Preparing"),
            StartFrame => StartTransaction(tag, now),
            StartFrame + 1 => Status("Charging"),
            FinishingFrame => Status("Finishing"),
            StopFrame => StopTransaction(tag, now),
            SessionFrames - 1 => Status("Available"),
            _ => MeterValues(now, frame - FirstSample),
        });
        Expect(answer, frame is 0 or StartFrame ? "\"Accepted\""u8 : "[3,"u8);
        if (frame == StartFrame)
        {
            _transaction = TransactionIdIn(answer.Span);
        }
    }

    /// <summary>Sends one frame with many samples of the session that has begun: what a charger does that was offline.</summary>
    public async Task Report(DateTimeOffset from, TimeSpan step, int samples)
    {
        var values = Enumerable.Range(0, samples).Select(sample => string.Create(CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{from + (step * sample):yyyy-MM-ddTHH:mm:ss.fffZ}\",\"sampledValue\":[{{\"value\":\"{++_meter}\"}},{{\"value\":\"{7_000 + (_meter % 4_000)}\",\"measurand\":\"Power.Active.Import\"}}]}}"));
        var text = $"[2,\"{++_messageId}\",\"MeterValues\",{{\"connectorId\":1,\"transactionId\":{_transaction},\"meterValue\":[{string.Join(',', values)}]}}]";
        var length = Encoding.UTF8.GetBytes(text, _report.Room);
        Expect(await _link.Call(_report.Close(length)), "[3,"u8);
    }

    /// <summary>A whole session as fast as it is answered.</summary>
    public async Task Session(string tag, TimeProvider time)
    {
        for (var frame = 0; frame < SessionFrames; frame++)
        {
            await Step(frame, tag, time.GetUtcNow());
        }
    }

    public void Dispose() => _link?.Dispose();

    private string Basic() => $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{name}:{password}"))}\r\n";

    private static void Expect(ReadOnlyMemory<byte> answer, ReadOnlySpan<byte> part)
    {
        if (answer.Span.IndexOf(part) < 0)
        {
            throw new InvalidDataException($"Not what was expected: {Encoding.UTF8.GetString(answer.Span)}");
        }
    }

    private static int TransactionIdIn(ReadOnlySpan<byte> answer)
    {
        var member = "\"transactionId\":"u8;
        var digits = answer[(answer.IndexOf(member) + member.Length)..];
        return int.Parse(digits[..digits.IndexOfAny(",}"u8)], CultureInfo.InvariantCulture);
    }

    private ReadOnlyMemory<byte> Authorize(string tag)
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture, $"[2,\"{++_messageId}\",\"Authorize\",{{\"idTag\":\"{tag}\"}}]", out var length);
        return _link.Out.Close(length);
    }

    private ReadOnlyMemory<byte> Status(string status)
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture,
            $"[2,\"{++_messageId}\",\"StatusNotification\",{{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"{status}\"}}]", out var length);
        return _link.Out.Close(length);
    }

    private ReadOnlyMemory<byte> StartTransaction(string tag, DateTimeOffset now)
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture,
            $"[2,\"{++_messageId}\",\"StartTransaction\",{{\"connectorId\":1,\"idTag\":\"{tag}\",\"meterStart\":{_meter},\"timestamp\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\"}}]",
            out var length);
        return _link.Out.Close(length);
    }

    private ReadOnlyMemory<byte> MeterValues(DateTimeOffset now, int sample)
    {
        _meter += WattHoursPerSample;
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture,
            $"[2,\"{++_messageId}\",\"MeterValues\",{{\"connectorId\":1,\"transactionId\":{_transaction},\"meterValue\":[{{\"timestamp\":\"{now.AddMilliseconds(sample):yyyy-MM-ddTHH:mm:ss.fffZ}\",\"sampledValue\":[{{\"value\":\"{_meter}\",\"context\":\"Sample.Periodic\",\"measurand\":\"Energy.Active.Import.Register\",\"unit\":\"Wh\"}},{{\"value\":\"11040\",\"measurand\":\"Power.Active.Import\",\"unit\":\"W\"}}]}}]}}]",
            out var length);
        return _link.Out.Close(length);
    }

    private ReadOnlyMemory<byte> StopTransaction(string tag, DateTimeOffset now)
    {
        Utf8.TryWrite(_link.Out.Room, CultureInfo.InvariantCulture,
            $"[2,\"{++_messageId}\",\"StopTransaction\",{{\"transactionId\":{_transaction},\"idTag\":\"{tag}\",\"meterStop\":{_meter},\"timestamp\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"reason\":\"Local\"}}]",
            out var length);
        return _link.Out.Close(length);
    }
}
