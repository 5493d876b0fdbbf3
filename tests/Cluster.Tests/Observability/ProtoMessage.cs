using Google.Protobuf;

namespace EvCharge.ClusterTests.Observability;

/// <summary>The fields of a message of Protocol Buffers by their numbers, for a reader that was not given its classes.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ByteString Value)> _fields = [];

    /// <summary>Fields of fixed length are passed over.</summary>
    public static ProtoMessage Of(ByteString bytes)
    {
        var message = new ProtoMessage();
        var input = bytes.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                message._fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            else
                input.SkipLastField();
        }

        return message;
    }

    public IEnumerable<ProtoMessage> Messages(int number) => Values(number).Select(Of);

    public string Text(int number) => Values(number).FirstOrDefault()?.ToStringUtf8() ?? "";

    public string Hex(int number) => Convert.ToHexStringLower(Values(number).FirstOrDefault()?.ToByteArray() ?? []);

    /// <summary>Those of OpenTelemetry (common.proto, KeyValue) that are text.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number)
        .ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Single().Text(1));

    private IEnumerable<ByteString> Values(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value);
}
