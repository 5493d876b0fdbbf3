using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace EvCharge.HouseTests.Deployment;

/// <summary>A value of a YAML document: a map, a list or a text; what is not there is an empty node, so that paths need no questions.</summary>
internal sealed class YamlNode(object? value)
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().Build();

    /// <summary>The documents of a text, with merged keys (<c>&lt;&lt;</c>) and anchors resolved.</summary>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static IReadOnlyList<YamlNode> Read(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        List<YamlNode> documents = [];
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _))
        {
            documents.Add(new YamlNode(Reader.Deserialize(parser)));
        }

        return documents;
    }

    public string Text => value as string ?? "";

    public bool Exists => value is not null;

    public IReadOnlyList<YamlNode> Items => value is List<object?> list ? [.. list.Select(item => new YamlNode(item))] : [];

    public IReadOnlyDictionary<string, YamlNode> Members => value is Dictionary<object, object?> map
        ? map.ToDictionary(pair => (string)pair.Key, pair => new YamlNode(pair.Value))
        : [];

    public YamlNode this[string path] => path.Split('/').Aggregate(this, (node, name) => node.Members.GetValueOrDefault(name) ?? new YamlNode(null));

    /// <summary>All nodes below, this one included.</summary>
    public IEnumerable<YamlNode> All => Items.Concat(Members.Values).SelectMany(node => node.All).Prepend(this);
}
